/* emit_builtin.c - the built-in functions. */
#include "emit.h"

#include <string.h>

static Cx arg(Expr *e, int i) { return rvalue(e->call.args.at[i]); }

static Cx len_or_cap(Expr *e, bool cap) {
  Expr *x = e->call.args.at[0];
  Type *u = type_under(x->type);
  switch (u->kind) {
    case T_STRING: return cx(P_POST, "%s.len", at(rvalue(x), P_POST));
    case T_SLICE: return cx(P_POST, "%s.%s", at(rvalue(x), P_POST), cap ? "cap" : "len");
    case T_MAP: return cx(P_POST, "tern_maplen(%s)", at(rvalue(x), P_ASSIGN));
    case T_CHAN:
      return cx(P_POST, "tern_chan%s(%s)", cap ? "cap" : "len", at(rvalue(x), P_ASSIGN));
    default: break;
  }
  Type *array = u->kind == T_POINTER ? type_under(u->elem) : u;
  if (has_call(x)) pre("(void)(%s);", rvalue(x).s);
  return cx(P_POST, "%lld", (long long)array->len);
}

static Cx make(Expr *e) {
  Type *u = type_under(e->type);
  int n = e->call.args.len;
  Cx a[3];
  eval_list(e->call.args.at + 1, NULL, n - 1, a + 1);
  if (u->kind == T_MAP)
    return cx(P_POST, "tern_makemap(&%s, %s)", type_desc(e->type),
              n > 1 ? at(a[1], P_ASSIGN) : "0");
  if (u->kind == T_CHAN)
    return cx(P_POST, "tern_makechan(&%s, %s)", type_desc(e->type),
              n > 1 ? at(a[1], P_ASSIGN) : "0");
  int64_t len, cap;
  Expr *lx = e->call.args.at[1], *cp = n > 2 ? e->call.args.at[2] : lx;
  if (!e->escapes && cp->cval && lx->cval && const_int64(const_to_int(cp->cval), &cap) &&
      const_int64(const_to_int(lx->cval), &len) && len <= cap) {
    const char *buf = frame_decl(arena_printf("%s %%s[%lld]", ctype(u->elem),
                                              (long long)(cap ? cap : 1)), "buf",
                                 cap * type_size(u->elem));
    pre("__builtin_memset(%s, 0, sizeof %s);", buf, buf);
    return cx(P_POST, "(tern_slice){%s, %lld, %lld}", buf, (long long)len, (long long)cap);
  }
  if (n == 2 && !lx->cval) a[1] = spill_c(a[1], "int64_t");
  return cx(P_POST, "tern_makeslice(&%s, %s, %s)", type_desc(u->elem),
            at(a[1], P_ASSIGN), at(n > 2 ? a[2] : a[1], P_ASSIGN));
}

static Cx new_value(Expr *e) {
  Type *t = type_under(e->type)->elem;
  if (!e->escapes) {
    const char *obj = frame_decl(arena_printf("%s %%s", ctype(t)), "obj", type_size(t));
    pre("%s = %s;", obj, zero_value(t).s);
    return cx(P_UNARY, "&%s", obj);
  }
  return cx(P_UNARY, "(%s)tern_new(&%s)", ctype(e->type), type_desc(t));
}

/* ---- append ------------------------------------------------------------- */

/* Appends the call's values to the slice variable s (C text). */
static void append_values(Expr *e, const char *s) {
  Type *st = e->type, *elem = type_under(st)->elem;
  int n = e->call.args.len - 1;
  Cx *v = arena_array(Cx, n + 1);
  Type **to = arena_array(Type *, n + 1);
  for (int i = 0; i < n; i++) to[i] = elem;
  eval_list(e->call.args.at + 1, to, n, v);
  for (int i = 0; i < n; i++)
    if (!is_stable(e->call.args.at[i + 1]) || !is_scalar(elem) ||
        e->call.args.at[i + 1]->kind == EXPR_BINARY)
      v[i] = spill(v[i], elem);
  const char *c = ctype(elem);
  if (n == 1)
    pre("if (TERN_UNLIKELY(%s.len == %s.cap)) %s = tern_growslice(&%s, %s, %s.len + 1); "
        "else %s.len++;", s, s, s, type_desc(elem), s, s, s);
  else
    pre("if (TERN_UNLIKELY(%s.len + %d > %s.cap)) %s = tern_growslice(&%s, %s, %s.len + %d); "
        "else %s.len += %d;", s, n, s, s, type_desc(elem), s, s, n, s, n);
  for (int i = 0; i < n; i++)
    store_memory(cx(P_POST, "((%s%s*)%s.ptr)[%s.len - %d]", c,
                    c[strlen(c) - 1] == '*' ? "" : " ", s, s, n - i), elem, v[i]);
}

static Cx append_slice(Expr *e) {
  Type *elem = type_under(e->type)->elem;
  Expr *src = e->call.args.at[1];
  Cx v[2];
  eval_list(e->call.args.at, (Type *[]){e->type, NULL}, 2, v);
  if (type_is_string(src->type))
    return cx(P_POST, "tern_appendstring(%s, %s)", at(v[0], P_ASSIGN), at(v[1], P_ASSIGN));
  return cx(P_POST, "tern_appendslice(&%s, %s, %s)", type_desc(elem),
            at(v[0], P_ASSIGN), at(v[1], P_ASSIGN));
}

/* append(s, ...) as a value. */
Cx append_call(Expr *e) {
  if (e->call.args.len == 1) return arg(e, 0);
  if (e->call.dots) return append_slice(e);
  Cx s = spill(rvalue_as(e->call.args.at[0], e->type), e->type);
  append_values(e, s.s);
  return s;
}

/* s = append(s, ...) for a variable s of the frame. */
void append_to(Expr *e, const char *s) { append_values(e, s); }

/* ---- The others --------------------------------------------------------- */

static Cx copy(Expr *e) {
  Cx v[2];
  eval_list(e->call.args.at, NULL, 2, v);
  if (type_is_string(e->call.args.at[1]->type))
    return cx(P_POST, "tern_copystring(%s, %s)", at(v[0], P_ASSIGN), at(v[1], P_ASSIGN));
  Type *elem = type_under(e->call.args.at[0]->type)->elem;
  if (!type_has_pointers(elem))
    return cx(P_POST, "tern_copy_plain(&%s, %s, %s, sizeof(%s))", type_desc(elem),
              at(v[0], P_ASSIGN), at(v[1], P_ASSIGN), ctype(elem));
  return cx(P_POST, "tern_slicecopy(&%s, %s, %s)", type_desc(elem), at(v[0], P_ASSIGN),
            at(v[1], P_ASSIGN));
}

static Cx clear(Expr *e) {
  Expr *x = e->call.args.at[0];
  Type *u = type_under(x->type);
  if (u->kind == T_MAP)
    return cx(P_POST, "tern_mapclear(&%s, %s)", type_desc(x->type), rvalue(x).s);
  Cx s = stable_rvalue(x);
  return cx(P_POST, "tern_clear(&%s, %s.ptr, %s.len)", type_desc(u->elem),
            at(s, P_POST), at(s, P_POST));
}

static Cx delete_key(Expr *e) {
  Type *mt = e->call.args.at[0]->type, *kt = type_under(mt)->key;
  Cx v[2];
  eval_list(e->call.args.at, (Type *[]){NULL, kt}, 2, v);
  Cx m = spill(v[0], mt), k = spill(v[1], kt);
  return cx(P_POST, "tern_mapdelete(&%s, %s, &%s)", type_desc(mt), m.s, k.s);
}

static Cx min_max(Expr *e) {
  bool min = e->call.builtin == BUILTIN_MIN;
  int n = e->call.args.len;
  Type *t = e->type;
  Cx *v = arena_array(Cx, n);
  eval_list(e->call.args.at, NULL, n, v);
  Cx best = n == 1 ? v[0] : spill(v[0], t);
  for (int i = 1; i < n; i++) {
    if (type_is_float(t)) {
      best = cx(P_POST, "tern_f%s(%s, %s)", min ? "min" : "max", best.s, at(v[i], P_ASSIGN));
      continue;
    }
    Cx y = e->call.args.at[i]->cval && is_scalar(t) ? v[i] : spill(v[i], t);
    if (type_is_string(t))
      pre("if (tern_strcmp(%s, %s) %s 0) %s = %s;", y.s, best.s, min ? "<" : ">",
          best.s, y.s);
    else
      pre("if (%s %s %s) %s = %s;", y.s, min ? "<" : ">", best.s, best.s, y.s);
  }
  return best;
}

static void print_one(Cx v, Type *t) {
  Type *u = type_under(t);
  const char *f;
  switch (u->kind) {
    case T_BOOL: f = "bool"; break;
    case T_STRING: f = "string"; break;
    case T_FLOAT32: case T_FLOAT64: f = "float"; break;
    case T_SLICE: f = "slice"; break;
    case T_INTERFACE:
      f = "eface";
      v = convert(v, t, type_any);
      break;
    default:
      f = !type_is_integer(t) ? "pointer"
          : type_is_unsigned(t) ? "uint" : "int";
  }
  pre("tern_print_%s(%s);", f, v.s);
}

/* print, println: all is evaluated before the lock is taken. */
static Cx print(Expr *e, bool ln) {
  int n = e->call.args.len;
  Expr **a = e->call.args.at;
  Cx *v = arena_array(Cx, n + 1);
  for (int i = 0; i < n; i++) {
    v[i] = rvalue(a[i]);
    if (!is_stable(a[i])) v[i] = spill(v[i], a[i]->type);
  }
  pre("tern_print_lock();");
  for (int i = 0; i < n; i++) {
    if (ln && i) pre("tern_print_space();");
    print_one(v[i], a[i]->type);
  }
  if (ln) pre("tern_print_nl();");
  return cx(P_POST, "tern_print_unlock()");
}

static Cx unsafe_call(Expr *e) {
  Expr **a = e->call.args.at;
  switch (e->call.builtin) {
    case BUILTIN_UNSAFE_ADD: {
      Cx v[2];
      eval_list(a, NULL, 2, v);
      return cx(P_UNARY, "(void *)((char *)%s + %s)", at(v[0], P_UNARY), at(v[1], P_MUL));
    }
    case BUILTIN_UNSAFE_SLICE: {
      Cx v[2];
      eval_list(a, NULL, 2, v);
      Cx n = spill_c(v[1], "int64_t");
      return cx(P_POST, "(tern_slice){%s, %s, %s}", at(v[0], P_ASSIGN), n.s, n.s);
    }
    case BUILTIN_UNSAFE_STRING: {
      Cx v[2];
      eval_list(a, NULL, 2, v);
      return cx(P_POST, "(tern_string){%s, %s}", at(v[0], P_ASSIGN), at(v[1], P_ASSIGN));
    }
    default: /* SliceData, StringData */
      return cx(P_UNARY, "(%s)%s.ptr", ctype(e->type), at(arg(e, 0), P_POST));
  }
}

/* copy(f()): the results as arguments. */
static Expr *spread_arguments(Expr *e) {
  Type *tuple = e->call.args.at[0]->type;
  Cx t = spill(rvalue(e->call.args.at[0]), tuple);
  Expr *copy = arena_new(Expr);
  *copy = *e;
  copy->note = NULL;
  copy->call.args = (ExprList){0};
  copy->call.spread = false;
  for (int i = 0; i < tuple->nvars; i++)
    list_push(&copy->call.args, temp_expr(cx(P_POST, "%s.r%d", t.s, i), tuple->vars[i]->type));
  return copy;
}

/* A call of a built-in function. */
Cx builtin_call(Expr *e) {
  if (e->call.args.len == 1 && e->call.args.at[0]->type &&
      e->call.args.at[0]->type->kind == T_TUPLE && e->call.args.at[0]->type->nvars > 1)
    e = spread_arguments(e);
  switch (e->call.builtin) {
    case BUILTIN_APPEND: return append_call(e);
    case BUILTIN_LEN: return len_or_cap(e, false);
    case BUILTIN_CAP: return len_or_cap(e, true);
    case BUILTIN_MAKE: return make(e);
    case BUILTIN_NEW: return new_value(e);
    case BUILTIN_CLEAR: return clear(e);
    case BUILTIN_CLOSE: return cx(P_POST, "tern_closechan(%s)", at(arg(e, 0), P_ASSIGN));
    case BUILTIN_COPY: return copy(e);
    case BUILTIN_DELETE: return delete_key(e);
    case BUILTIN_MIN: case BUILTIN_MAX: return min_max(e);
    case BUILTIN_PANIC:
      return cx(P_POST, "tern_gopanic(%s)", rvalue_as(e->call.args.at[0], type_any).s);
    case BUILTIN_PRINT: return print(e, false);
    case BUILTIN_PRINTLN: return print(e, true);
    case BUILTIN_RECOVER: return cx(P_POST, "tern_recover(tern_rtok)");
    default: return unsafe_call(e);
  }
}
