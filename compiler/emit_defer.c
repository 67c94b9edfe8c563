/* emit_defer.c - defer and go: a call packed into a closure without arguments.
 *
 * Function and arguments are evaluated now and kept in the closure, whose code
 * (a thunk) makes the call.  `defer func() {...}()` needs no thunk: the literal's
 * closure is one already.  A deferred call's closure and record lie in the
 * frame, unless the statement may run more than once.
 */
#include "emit.h"

#include <string.h>

static bool large_results(Type *sig) {
  int64_t size = 0;
  Type *r = type_under(sig)->results;
  for (int i = 0; i < r->nvars; i++) size += type_size(r->vars[i]->type);
  return size > 16 || r->nvars > 1;
}

static const char *thunk_name(void) {
  int n = ++E.statics;
  return c_symbol(arena_printf("%s__call%d", E.cname, n), arena_printf("call %d", n));
}

static void emit_thunk(const char *name, const char *env, const char *body) {
  text_printf(&E.protos, "static void %s(tern_func tern_c);\n", name);
  text_printf(&E.glue, "static void %s(tern_func tern_c) { %s%s%s(void)tern_c; %s }\n", name,
              env ? arena_printf("%s *c = (%s *)", env, env) : "", env ? "tern_c; " : "", "",
              body);
}

static const char *arg_list(const char *first, Type *sig) {
  Text t = {0};
  if (first) text_add(&t, first);
  for (int i = 0; i < sig->params->nvars; i++)
    text_printf(&t, "%s%sc->a%d", t.len ? ", " : "",
                by_address(sig->params->vars[i]->type) ? "&" : "", i);
  return t.s ? t.s : "";
}

/* A built-in: the thunk runs it on copies of the arguments. */
static Cx builtin_closure(Expr *e, bool heap) {
  int n = e->call.args.len;
  Capture *caps = arena_array(Capture, n + 1);
  Expr *copy = arena_new(Expr);
  *copy = *e;
  copy->call.args = (ExprList){0};
  int k = 0;
  for (int i = 0; i < n; i++) {
    Expr *a = e->call.args.at[i];
    if (a->cval || a->mode == MODE_TYPE || a->mode == MODE_NIL) {
      list_push(&copy->call.args, a);
      continue;
    }
    Cx v = spill(rvalue(a), a->type);
    caps[k] = (Capture){arena_printf("a%d", k), ctype(a->type), a->type, v.s};
    Object *o = arena_new(Object);
    o->kind = OBJ_VAR;
    o->name = "";
    o->type = a->type;
    var_of(o)->c = arena_printf("c->a%d", k++);
    Expr *id = arena_new(Expr);
    id->kind = EXPR_IDENT;
    id->type = a->type;
    id->mode = MODE_VARIABLE;
    id->ident.name = "";
    id->ident.obj = o;
    list_push(&copy->call.args, id);
  }
  const char *body = "";
  if (e->call.builtin != BUILTIN_RECOVER) {
    PreMark m = pre_begin();
    eval_drop(copy);
    body = pre_end(m);
  }
  const char *name = thunk_name();
  const char *env = closure_struct(arena_printf("%s_env", name), caps, k);
  emit_thunk(name, env, body);
  return make_closure(name, caps, k, heap, env);
}

typedef struct Callee {
  const char *code;  /* C text that calls: "main_f" or a cast of a closure word */
  const char *first; /* first argument or NULL */
  const char *target; /* code pointer for tern_recover_forward, or NULL */
  Type *sig;
  Capture cap; /* what must be kept of it; name NULL: nothing */
} Callee;

static Callee resolve(Expr *e) {
  Expr *fun = unparen(e->call.fun);
  Callee c = {.sig = type_under(fun->type)};
  SelectionKind k = fun->kind == EXPR_SELECTOR ? fun->selector.selection.kind : SEL_UNRESOLVED;
  Object *f = fun->kind == EXPR_IDENT ? fun->ident.obj
              : k == SEL_PACKAGE || k == SEL_METHOD ? fun->selector.selection.obj : NULL;
  if (f && f->kind == OBJ_FUNC) {
    c.code = func_ref(f).s;
    if (f->info && f->info->has_recover) c.target = c.code;
    if (k == SEL_METHOD) {
      Type *rt = f->type->recv->type;
      c.first = by_address(rt) ? "&c->recv" : "c->recv";
      c.cap = (Capture){"recv", ctype(rt), rt, spill(method_receiver(fun), rt).s};
    }
    return c;
  }
  if (k == SEL_INTERFACE) {
    Selection *s = &fun->selector.selection;
    Type *t = fun->selector.x->type;
    Cx base = s->path_len && s->path[0].deref ? rvalue(fun->selector.x)
                                              : lvalue(fun->selector.x);
    base = walk_path(base, &t, s, true);
    Cx x = spill(base, t);
    pre("tern_nilcheck(%s.tab);", x.s);
    int i = type_interface_method_index(type_under(t), s->obj->pkg, s->obj->name);
    c.sig = type_under(s->obj->type);
    c.code = arena_printf("((%s)c->recv.tab->fun[%d])", cfn_type(c.sig, "void *"), i);
    c.target = arena_printf("c->recv.tab->fun[%d]", i);
    c.first = "c->recv.data";
    c.cap = (Capture){"recv", ctype(t), t, x.s};
    return c;
  }
  Cx v = spill(rvalue(fun), fun->type);
  c.code = arena_printf("((%s)c->f->fn)", cfn_type(c.sig, "tern_func"));
  c.target = "c->f->fn";
  c.first = "c->f";
  c.cap = (Capture){"f", "tern_func", fun->type, v.s};
  return c;
}

/* The call as a closure of no arguments. */
static Cx call_closure(Expr *e, bool heap, bool is_defer) {
  e = unparen(e);
  if (e->call.kind == CALL_BUILTIN) return builtin_closure(e, heap);
  Expr *fun = unparen(e->call.fun);
  bool plain = e->call.args.len == 0 && type_under(fun->type)->params->nvars == 0 &&
               !large_results(fun->type);
  if (plain && fun->kind == EXPR_FUNC_LIT) return func_literal(fun);
  Callee c = resolve(e);
  if (plain && c.cap.name && strcmp(c.cap.name, "f") == 0 )
    return cx(P_POST, "%s", c.cap.value);
  int np = c.sig->params->nvars, n = 0;
  Cx args[np + 1];
  call_args(e, c.sig, args, np + 1);
  Capture *caps = arena_array(Capture, np + 2);
  if (c.cap.name) caps[n++] = c.cap;
  for (int i = 0; i < np; i++) {
    Type *t = c.sig->params->vars[i]->type;
    caps[n++] = (Capture){arena_printf("a%d", i), ctype(t), t, spill(args[i], t).s};
  }
  const char *name = thunk_name();
  const char *env = closure_struct(arena_printf("%s_env", name), caps, n);
  const char *forward =
      is_defer && c.target
          ? arena_printf("tern_recover_forward((void *)%s, (void *)%s); ", name, c.target)
          : "";
  emit_thunk(name, env, arena_printf("%s%s(%s);", forward, c.code, arg_list(c.first, c.sig)));
  return make_closure(name, caps, n, heap, env);
}

/* go f(x) */
void go_stmt(Stmt *s) {
  Cx f = call_closure(s->go.call, true, false);
  line("tern_go(%s);", f.s);
}

/* defer f(x) */
void defer_stmt(Stmt *s) {
  bool heap = E.loop_depth > 0 || E.func->has_goto;
  Cx f = call_closure(s->go.call, heap, true);
  if (heap) {
    line("tern_defer_heap(&tern_df, %s);", f.s);
  } else {
    const char *d = frame_decl("tern_defer %s", "deferred", 16);
    line("tern_defer_push(&tern_df, &%s, %s);", d, f.s);
  }
}
