/* check_builtin.c - the predeclared functions: append, len, make, ... */
#include <string.h>

#include "check_internal.h"

/* How many arguments each takes; `more` allows further ones. */
static const struct {
  uint8_t n;
  bool more;
} arity[BUILTIN_COUNT] = {
    [BUILTIN_APPEND] = {1, true},
    [BUILTIN_CAP] = {1, false},
    [BUILTIN_CLEAR] = {1, false},
    [BUILTIN_CLOSE] = {1, false},
    [BUILTIN_COPY] = {2, false},
    [BUILTIN_DELETE] = {2, false},
    [BUILTIN_LEN] = {1, false},
    [BUILTIN_MAKE] = {1, true},
    [BUILTIN_MAX] = {1, true},
    [BUILTIN_MIN] = {1, true},
    [BUILTIN_NEW] = {1, false},
    [BUILTIN_PANIC] = {1, false},
    [BUILTIN_PRINT] = {0, true},
    [BUILTIN_PRINTLN] = {0, true},
    [BUILTIN_RECOVER] = {0, false},
    [BUILTIN_UNSAFE_ADD] = {2, false},
    [BUILTIN_UNSAFE_ALIGNOF] = {1, false},
    [BUILTIN_UNSAFE_OFFSETOF] = {1, false},
    [BUILTIN_UNSAFE_SIZEOF] = {1, false},
    [BUILTIN_UNSAFE_SLICE] = {2, false},
    [BUILTIN_UNSAFE_SLICEDATA] = {1, false},
    [BUILTIN_UNSAFE_STRING] = {2, false},
    [BUILTIN_UNSAFE_STRINGDATA] = {1, false},
};

static bool value_of(Operand *x, Type *t) {
  x->mode = MODE_VALUE;
  x->type = t;
  return true;
}

/* ---- append, copy ------------------------------------------------------- */

static bool is_byte_slice(Type *t) {
  t = type_under(t);
  return t->kind == T_SLICE && type_under(t->elem)->kind == T_UINT8;
}

static bool builtin_append(Operand *x, Expr *e, Operand *args, int n) {
  Type *slice = x->type, *u = type_under(slice);
  if (x->mode == MODE_NIL || u->kind != T_SLICE) {
    error_operand(x, "first argument to append must be a slice; have %s",
                  x->mode == MODE_NIL ? "untyped nil" : operand_string(x));
    return false;
  }
  if (n == 2 && e->call.dots && is_byte_slice(slice) &&
      type_is_string(args[1].type)) {
    convert_default(&args[1]);
    return value_of(x, slice);
  }
  Object **vars = arena_array(Object *, 2);
  vars[0] = object_new(OBJ_VAR, NO_POS, intern_string(""), slice);
  vars[1] =
      object_new(OBJ_VAR, NO_POS, intern_string(""), type_new_slice(u->elem));
  Type *sig = type_new(T_FUNC);
  sig->params = type_new_tuple(vars, 2);
  sig->results = type_empty_tuple;
  sig->variadic = true;
  check_arguments(e, sig, args, n);
  return value_of(x, slice);
}

static bool builtin_copy(Operand *x, Operand *args) {
  Type *dst = type_under(args[0].type), *src = type_under(args[1].type);
  bool from_string = type_is_string(src);
  if (dst->kind != T_SLICE || (src->kind != T_SLICE && !from_string)) {
    error_operand(x,
                  "invalid argument: copy expects slice arguments; found %s "
                  "and %s",
                  operand_string(&args[0]), operand_string(&args[1]));
    return false;
  }
  Type *elem = from_string ? type_byte : src->elem;
  if (!type_identical(dst->elem, elem)) {
    error_operand(x,
                  "invalid argument: arguments to copy %s and %s have "
                  "different element types %s and %s",
                  operand_string(&args[0]), operand_string(&args[1]),
                  TYPE_STR(dst->elem), TYPE_STR(elem));
    return false;
  }
  convert_default(&args[1]);
  return value_of(x, type_basic[T_INT]);
}

/* ---- len, cap ----------------------------------------------------------- */

static bool builtin_len(Operand *x, BuiltinId id) {
  Type *t = type_under(x->type);
  bool is_len = id == BUILTIN_LEN, ok = false;
  ConstValue *val = NULL;
  if (t->kind == T_POINTER && type_under(t->elem)->kind == T_ARRAY)
    t = type_under(t->elem);
  if (x->mode == MODE_NIL) {
    ok = false;
  } else if (type_is_string(t)) {
    ok = is_len;
    if (x->mode == MODE_CONSTANT && is_len)
      val = const_int((int64_t)x->val->len);
    if (is_len && !val) convert_default(x);
  } else if (t->kind == T_ARRAY) {
    ok = true;
    if (!ck->env.has_call_or_recv) val = const_int(t->len < 0 ? 0 : t->len);
  } else {
    ok =
        t->kind == T_SLICE || t->kind == T_CHAN || (is_len && t->kind == T_MAP);
  }
  if (!ok) {
    if (t->kind != T_INVALID)
      error_operand(x, "invalid argument: %s for built-in %s",
                    operand_string(x), builtin_name(id));
    return false;
  }
  value_of(x, type_basic[T_INT]);
  if (val) {
    x->mode = MODE_CONSTANT;
    x->val = val;
  }
  return true;
}

/* ---- maps and channels -------------------------------------------------- */

static bool builtin_clear(Operand *x) {
  TypeKind k = type_under(x->type)->kind;
  if (k != T_MAP && k != T_SLICE) {
    error_operand(x,
                  "invalid argument: cannot clear %s: argument must be (or "
                  "constrained by) map or slice",
                  operand_string(x));
    return false;
  }
  x->mode = MODE_NO_VALUE;
  return true;
}

static bool builtin_close(Operand *x) {
  Type *u = type_under(x->type);
  if (u->kind != T_CHAN || u->dir == CHAN_RECV) {
    error_operand(x, "invalid operation: cannot close %s %s",
                  u->kind == T_CHAN ? "receive-only channel" : "non-channel",
                  operand_string(x));
    return false;
  }
  x->mode = MODE_NO_VALUE;
  return true;
}

static bool builtin_delete(Operand *x, Operand *args) {
  Type *u = type_under(x->type);
  if (u->kind != T_MAP) {
    error_operand(x, "invalid argument: %s is not a map", operand_string(x));
    return false;
  }
  check_assignment(&args[1], u->key, "argument to delete");
  if (args[1].mode == MODE_INVALID) return false;
  x->mode = MODE_NO_VALUE;
  return true;
}

/* ---- make, new ---------------------------------------------------------- */

static bool builtin_make(Operand *x, Expr *e) {
  ExprList *args = &e->call.args;
  Expr *first = args->at[0];
  Type *t = check_var_type(first);
  TypeKind k = type_under(t)->kind;
  if (t->kind == T_INVALID) {
    for (int i = 1; i < args->len; i++) use_expr(args->at[i]);
    return false;
  }
  if (k != T_SLICE && k != T_MAP && k != T_CHAN) {
    error_expr(first,
               "invalid argument: cannot make %s; type must be slice, "
               "map, or channel",
               expr_string(first));
    return false;
  }
  int least = k == T_SLICE ? 2 : 1;
  if (args->len < least || args->len > least + 1) {
    error_expr(e, "invalid operation: %s expects %d or %d arguments; found %d",
               expr_string(e), least, least + 1, args->len);
    return false;
  }
  int64_t size[2] = {-1, -1};
  for (int i = 1; i < args->len; i++) {
    bool ok;
    size[i - 1] = check_index_value(args->at[i], -1, &ok);
  }
  if (size[0] >= 0 && size[1] >= 0 && size[0] > size[1])
    error_expr(args->at[1], "invalid argument: length and capacity swapped");
  return value_of(x, t);
}

static bool builtin_new(Operand *x, Expr *e) {
  Type *t = check_var_type(e->call.args.at[0]);
  return t->kind != T_INVALID && value_of(x, type_new_pointer(t));
}

/* ---- min, max ----------------------------------------------------------- */

/* Folds the next argument into x. */
static bool min_max_step(Operand *x, Operand *a, BuiltinId id) {
  match_types(x, a);
  if (x->mode == MODE_INVALID) return false;
  if (!type_identical(x->type, a->type)) {
    error_operand(a,
                  "invalid argument: mismatched types %s (previous argument) "
                  "and %s (type of %s)",
                  TYPE_STR(x->type), TYPE_STR(a->type), expr_string(a->expr));
    return false;
  }
  if (x->mode == MODE_CONSTANT && a->mode == MODE_CONSTANT) {
    ConstOp op = id == BUILTIN_MAX ? CONST_GTR : CONST_LSS;
    if (const_compare(a->val, op, x->val)) *x = *a;
  } else {
    x->mode = MODE_VALUE;
  }
  return true;
}

static bool builtin_min_max(Operand *x, Operand *args, int n, BuiltinId id) {
  for (int i = 0; i < n; i++) {
    if (!type_ordered(args[i].type)) {
      error_operand(&args[i], "invalid argument: %s cannot be ordered",
                    operand_string(&args[i]));
      return false;
    }
    if (i > 0 && !min_max_step(x, &args[i], id)) return false;
  }
  if (x->mode != MODE_CONSTANT) {
    x->mode = MODE_VALUE;
    if (type_is_untyped(x->type)) x->type = default_type(x->type);
  }
  for (int i = 0; i < n; i++) update_type(args[i].expr, x->type);
  return true;
}

/* ---- panic, print, recover ---------------------------------------------- */

static bool builtin_print(Operand *x, Operand *args, int n, BuiltinId id) {
  for (int i = 0; i < n; i++) {
    check_assignment(&args[i], NULL,
                     arena_printf("argument to built-in %s", builtin_name(id)));
    if (args[i].mode == MODE_INVALID) return false;
  }
  x->mode = MODE_NO_VALUE;
  return true;
}

static bool builtin_panic(Operand *x) {
  check_assignment(x, type_any, "argument to panic");
  if (x->mode == MODE_INVALID) return false;
  x->mode = MODE_NO_VALUE;
  return true;
}

static bool builtin_recover(Operand *x) {
  if (ck->env.func) ck->env.func->has_recover = true;
  return value_of(x, type_any);
}

/* ---- Dispatch ----------------------------------------------------------- */

static bool dispatch(Operand *x, Expr *e, BuiltinId id, Operand *args, int n) {
  switch (id) {
    case BUILTIN_APPEND: return builtin_append(x, e, args, n);
    case BUILTIN_CAP:
    case BUILTIN_LEN: return builtin_len(x, id);
    case BUILTIN_CLEAR: return builtin_clear(x);
    case BUILTIN_CLOSE: return builtin_close(x);
    case BUILTIN_COPY: return builtin_copy(x, args);
    case BUILTIN_DELETE: return builtin_delete(x, args);
    case BUILTIN_MAKE: return builtin_make(x, e);
    case BUILTIN_MAX:
    case BUILTIN_MIN: return builtin_min_max(x, args, n, id);
    case BUILTIN_NEW: return builtin_new(x, e);
    case BUILTIN_PANIC: return builtin_panic(x);
    case BUILTIN_PRINT:
    case BUILTIN_PRINTLN: return builtin_print(x, args, n, id);
    case BUILTIN_RECOVER: return builtin_recover(x);
    default: return check_unsafe(x, e, id, args, n);
  }
}

/* Checks the number of arguments. */
static bool count_ok(Expr *e, BuiltinId id, int n) {
  const char *msg = n < arity[id].n                      ? "not enough"
                    : n > arity[id].n && !arity[id].more ? "too many"
                                                         : NULL;
  if (!msg) return true;
  error_expr(e,
             "invalid operation: %s arguments for %s (expected %d, found %d)",
             msg, expr_string(e), arity[id].n, n);
  return false;
}

bool check_builtin(Operand *x, Expr *e, BuiltinId id) {
  if (id == BUILTIN_COMPLEX || id == BUILTIN_REAL || id == BUILTIN_IMAG) {
    error_expr(e, "complex numbers are not supported");
    use_exprs(&e->call.args);
    return false;
  }
  if (e->call.dots && id != BUILTIN_APPEND) {
    error_expr(e, "invalid operation: invalid use of ... with built-in %s",
               builtin_name(id));
    use_exprs(&e->call.args);
    return false;
  }
  bool saved = ck->env.has_call_or_recv;
  if (id == BUILTIN_LEN || id == BUILTIN_CAP) ck->env.has_call_or_recv = false;
  Operand *args = NULL;
  int n = e->call.args.len;
  bool ok = true;
  if (id != BUILTIN_MAKE && id != BUILTIN_NEW &&
      id != BUILTIN_UNSAFE_OFFSETOF) {
    args = check_args(&e->call.args, &n, &e->call.spread);
    for (int i = 0; i < n; i++) ok &= args[i].mode != MODE_INVALID;
    if (n == 1 && args[0].mode == MODE_VALUE && args[0].type->kind == T_TUPLE)
      n = 0;
    if (ok && n > 0) *x = args[0];
  }
  ok = ok && count_ok(e, id, n) && dispatch(x, e, id, args, n);
  if (id == BUILTIN_LEN || id == BUILTIN_CAP) ck->env.has_call_or_recv = saved;
  if (x->mode == MODE_NO_VALUE) x->type = type_empty_tuple;
  return ok;
}
