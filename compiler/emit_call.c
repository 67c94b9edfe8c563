/* emit_call.c - calls of functions, methods, interface methods and closures. */
#include "emit.h"

#include <string.h>

enum { MAX_ARGS = 1000 };

/* ---- Naming what is called ---------------------------------------------- */

/* "main_add" for main.add, "main_T_m" for a method. */
static const char *func_c_name(Object *f, const char *symbol) {
  if (!f->type->recv)
    return c_symbol(c_mangle(arena_printf("%s_%s", f->pkg->name,
                                          strcmp(f->name, "init") ? f->name
                                                                  : strrchr(symbol, '.') - 4)),
                    symbol);
  Type *r = f->type->recv->type;
  if (r->kind == T_POINTER) r = r->elem;
  return c_symbol(c_mangle(arena_printf("%s_%s", type_mangle(r), f->name)), symbol);
}

/* The C type of a method's receiver, NULL for a function. */
static const char *receiver_type(Object *f) {
  return f->type->recv ? cparam(f->type->recv->type) : NULL;
}

/* "//go:noinline" before the declaration. */
static bool wants_noinline(FuncInfo *f) {
  if (!f || !f->decl) return false;
  for (int i = 0; i < f->decl->func.pragmas.len; i++)
    if (strcmp(f->decl->func.pragmas.at[i], "//go:noinline") == 0) return true;
  return false;
}

void declare_func(const char *c, const char *symbol, Type *sig,
                  const char *first, bool is_static, bool apart) {
  const char *r = cresult(sig);
  bool odd = strpbrk(symbol, "(*/") != NULL;
  /* called by the emitter's own glue: tracebacks should show it */
  apart |= strcmp(symbol, "main.main") == 0 || strstr(symbol, ".init.") != NULL;
  text_printf(&E.protos, "%s%s%s%s(%s) %s%s%s;\n",
              is_static ? "static " : "", r, r[strlen(r) - 1] == '*' ? "" : " ", c,
              cparams(sig, first), sym("", symbol),
              odd ? " TERN_ODD_NAME" : "", apart ? " __attribute__((noinline, noclone))" : "");
}

/* The C name of a function or method, declared if it was not. */
Cx func_ref(Object *f) {
  if (!f->emit) {
    FuncNote *n = arena_new(FuncNote);
    const char *symbol = func_symbol(f);
    n->c = func_c_name(f, symbol);
    f->emit = n;
    bool own = f->pkg == E.pkg && f->info;
    declare_func(n->c, symbol, f->type, receiver_type(f), own && E.is_main,
                 wants_noinline(f->info));
  }
  return cx(P_POST, "%s", ((FuncNote *)f->emit)->c);
}

/* ---- Arguments ---------------------------------------------------------- */

static Cx pack_variadic(Expr *e, Type *slice, Cx *extra, int n) {
  Type *elem = type_under(slice)->elem;
  if (n == 0) return cx(P_POST, "(tern_slice){}");
  const char *c = ctype(elem);
  if (!e->escapes) {
    Text t = {0};
    for (int i = 0; i < n; i++)
      text_printf(&t, "%s%s", i ? ", " : "", at(extra[i], P_ASSIGN));
    return cx(P_POST, "(tern_slice){(%s[]){%s}, %d, %d}", c, t.s, n, n);
  }
  Cx p = spill_c(cx(P_POST, "tern_new_array(&%s, %d)", type_desc(elem), n),
                 arena_printf("%s *", c));
  for (int i = 0; i < n; i++)
    store_memory(cx(P_POST, "%s[%d]", p.s, i), elem, extra[i]);
  return cx(P_POST, "(tern_slice){%s, %d, %d}", p.s, n, n);
}

static Type *param_type(Type *sig, int i, bool dots) {
  Type *params = sig->params;
  if (sig->variadic && !dots && i >= params->nvars - 1)
    return type_under(params->vars[params->nvars - 1]->type)->elem;
  return params->vars[i]->type;
}

/* Evaluates the arguments of a call; the result has one entry a parameter. */
int call_args(Expr *e, Type *sig, Cx *out, int max) {
  sig = type_under(sig);
  int n = e->call.args.len, np = sig->params->nvars;
  Cx *v;
  if (e->call.spread) {
    Type *tuple = e->call.args.at[0]->type;
    Cx t = spill(rvalue(e->call.args.at[0]), tuple);
    n = tuple->nvars;
    v = arena_array(Cx, n + 1);
    for (int i = 0; i < n; i++)
      v[i] = convert(cx(P_POST, "%s.r%d", t.s, i), tuple->vars[i]->type,
                     param_type(sig, i, false));
  } else {
    v = arena_array(Cx, n + 1);
    Type **to = arena_array(Type *, n + 1);
    for (int i = 0; i < n; i++) to[i] = param_type(sig, i, e->call.dots);
    eval_list(e->call.args.at, to, n, v);
  }
  int fixed = sig->variadic && !e->call.dots ? np - 1 : np;
  for (int i = 0; i < fixed && i < max; i++) out[i] = v[i];
  if (fixed < np)
    out[fixed] = pack_variadic(e, sig->params->vars[fixed]->type, v + fixed, n - fixed);
  return np;
}

/* The text of an argument of type t; lvalue: v's text is one. */
static const char *passed(Cx v, Type *t, bool lvalue) {
  if (!by_address(t)) return at(v, P_ASSIGN);
  return arena_printf("&%s", at(lvalue ? v : spill(v, t), P_UNARY));
}

static Cx finish_call(const char *fn, const char *first, Expr *e, Type *sig) {
  Cx args[MAX_ARGS];
  int n = call_args(e, sig, args, MAX_ARGS);
  Text t = {0};
  if (first) text_add(&t, first);
  for (int i = 0; i < n; i++) {
    Type *pt = type_under(sig)->params->vars[i]->type;
    bool whole = !e->call.spread && i < e->call.args.len;
    Expr *arg = whole ? e->call.args.at[i] : NULL;
    bool lvalue = arg && !arg->cval && arg->mode != MODE_NIL && is_variable(arg) &&
                  !type_is_interface(pt);
    const char *text = passed(args[i], pt, lvalue);
    text_printf(&t, "%s%s", t.len ? ", " : "", text);
    if (!by_address(pt)) count_frame(pt);
  }
  for (int i = 0; i < type_under(sig)->results->nvars; i++)
    count_frame(type_under(sig)->results->vars[i]->type);
  return cx(P_POST, "%s(%s)", fn, t.s ? t.s : "");
}

static bool args_call(Expr *e) {
  for (int i = 0; i < e->call.args.len; i++)
    if (has_call(e->call.args.at[i])) return true;
  return false;
}

/* ---- Receivers ---------------------------------------------------------- */

/* The receiver of x.m as the method takes it.  Its loads are checked: the
 * method need not look at the value. */
static Cx receiver(Expr *sel_expr) {
  Selection *s = &sel_expr->selector.selection;
  Expr *x = sel_expr->selector.x;
  Type *t = x->type;
  if (s->path_len == 0 && s->address) return address_of(x);
  bool saved = E.checking;
  Cx c;
  if (s->path_len == 0) {
    c = rvalue(x);
  } else {
    bool through = s->path[0].deref;
    E.checking = s->address;
    c = through ? rvalue(x) : lvalue(x);
    c = walk_path(c, &t, s, true);
  }
  E.checking = true;
  if (s->address)
    c = cx(P_UNARY, "&%s", at(c, P_UNARY));
  else if (s->deref)
    c = deref(c, type_under(t)->elem);
  E.checking = saved;
  return c;
}

static Cx method_call(Expr *e, Expr *fun) {
  Selection *s = &fun->selector.selection;
  Object *m = s->obj;
  Type *rt = m->type->recv->type;
  Cx r = receiver(fun);
  if (args_call(e) && !is_stable(fun->selector.x) && !s->address) r = spill(r, rt);
  bool lvalue = s->deref || is_variable(fun->selector.x);
  return finish_call(func_ref(m).s, passed(r, rt, lvalue), e, m->type);
}

static Cx interface_call(Expr *e, Expr *fun) {
  Selection *s = &fun->selector.selection;
  Type *t = fun->selector.x->type;
  Cx x;
  if (s->path_len) {
    Cx base = s->path[0].deref ? rvalue(fun->selector.x) : lvalue(fun->selector.x);
    base = walk_path(base, &t, s, true);
    x = spill(base, t);
  } else {
    x = is_stable(fun->selector.x) ? stable_rvalue(fun->selector.x)
                                   : spill(rvalue(fun->selector.x), t);
  }
  int i = type_interface_method_index(type_under(t), s->obj->pkg, s->obj->name);
  Type *sig = s->obj->type;
  const char *fn = arena_printf("((%s)%s.tab->fun[%d])", cfn_type(sig, "void *"),
                                at(x, P_POST), i);
  return finish_call(fn, arena_printf("%s.data", at(x, P_POST)), e, sig);
}

/* ---- Intrinsics --------------------------------------------------------- */

typedef struct Intrinsic {
  const char *symbol, *c; /* %1 %2 %3 are the arguments */
} Intrinsic;

#define ATOMICS(T)                                                           \
  {"sync/atomic.Load" T, "__atomic_load_n(%1, __ATOMIC_SEQ_CST)"},           \
  {"sync/atomic.Store" T, "__atomic_store_n(%1, %2, __ATOMIC_SEQ_CST)"},     \
  {"sync/atomic.Add" T, "__atomic_add_fetch(%1, %2, __ATOMIC_SEQ_CST)"},     \
  {"sync/atomic.Swap" T, "__atomic_exchange_n(%1, %2, __ATOMIC_SEQ_CST)"}

static const Intrinsic intrinsics[] = {
    {"math.Sqrt", "__builtin_sqrt(%1)"},
    {"math.Abs", "__builtin_fabs(%1)"},
    {"math.Float64bits", "tern_float64bits(%1)"},
    {"math.Float64frombits", "tern_float64frombits(%1)"},
    ATOMICS("Int32"), ATOMICS("Int64"), ATOMICS("Uint32"), ATOMICS("Uint64"),
    ATOMICS("Uintptr"),
};

static const char *intrinsic_of(Object *f) {
  if (!f->pkg || f->pkg == E.pkg || f->type->recv) return NULL;
  if (strcmp(f->pkg->path, "math") != 0 && strcmp(f->pkg->path, "sync/atomic") != 0)
    return NULL;
  const char *symbol = func_symbol(f);
  for (size_t i = 0; i < sizeof intrinsics / sizeof *intrinsics; i++)
    if (strcmp(intrinsics[i].symbol, symbol) == 0) return intrinsics[i].c;
  return NULL;
}

static Cx intrinsic(const char *c, Expr *e, Type *sig) {
  Cx a[8];
  call_args(e, sig, a, 8);
  Text t = {0};
  for (const char *p = c; *p; p++)
    if (*p == '%')
      text_add(&t, at(a[*++p - '1'], P_ASSIGN));
    else
      text_addn(&t, p, 1);
  return cx(P_POST, "%s", t.s);
}

/* ---- The dispatch ------------------------------------------------------- */

static Cx literal_call(Expr *e, Expr *fun) {
  Cx f = func_literal(fun);
  FuncInfo *fi = fun->func_lit.captures;
  FuncNote *n = fi->emit;
  if (args_call(e)) f = spill_c(f, "tern_func");
  return finish_call(n->c, at(f, P_ASSIGN), e, fi->sig);
}

/* A call: function, conversion or built-in. */
Cx call(Expr *e) {
  if (e->call.kind == CALL_CONVERSION) return conversion(e);
  if (e->call.kind == CALL_BUILTIN) return builtin_call(e);
  Expr *fun = unparen(e->call.fun);
  Type *sig = fun->type;
  if (fun->kind == EXPR_FUNC_LIT) return literal_call(e, fun);
  if (fun->kind == EXPR_SELECTOR) {
    SelectionKind k = fun->selector.selection.kind;
    if (k == SEL_METHOD) return method_call(e, fun);
    if (k == SEL_INTERFACE) return interface_call(e, fun);
  }
  Object *f = fun->kind == EXPR_IDENT ? fun->ident.obj
              : fun->kind == EXPR_SELECTOR &&
                      fun->selector.selection.kind == SEL_PACKAGE
                  ? fun->selector.selection.obj : NULL;
  if (f && f->kind == OBJ_FUNC) {
    const char *c = intrinsic_of(f);
    if (c) return intrinsic(c, e, f->type);
    return finish_call(func_ref(f).s, NULL, e, f->type);
  }
  Cx v = is_stable(fun) ? stable_rvalue(fun) : spill(rvalue(fun), fun->type);
  const char *fn = arena_printf("((%s)%s->fn)", cfn_type(sig, "tern_func"),
                                at(v, P_POST));
  return finish_call(fn, at(v, P_ASSIGN), e, sig);
}

/* The receiver for defer, go and method values. */
Cx method_receiver(Expr *fun);
Cx method_receiver(Expr *fun) { return receiver(fun); }
