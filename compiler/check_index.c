/* check_index.c - x[i], x[i:j:k] and the indices of array literals. */
#include <string.h>

#include "check_internal.h"

/* ---- Index values ------------------------------------------------------- */

bool is_valid_index(Operand *x, const char *what, bool allow_negative) {
  if (x->mode == MODE_INVALID) return false;
  convert_untyped(x, type_basic[T_INT]);
  if (x->mode == MODE_INVALID) return false;
  if (!type_is_integer(x->type)) {
    error_operand(x, "invalid argument: %s %s must be integer", what,
                  operand_string(x));
    return false;
  }
  if (x->mode != MODE_CONSTANT) return true;
  if (!allow_negative && const_sign(x->val) < 0) {
    error_operand(x, "invalid argument: %s %s must not be negative", what,
                  operand_string(x));
    return false;
  }
  ConstValue *v;
  if (!representable(x->val, type_basic[T_INT], &v)) {
    error_operand(x, "invalid argument: %s %s overflows int", what,
                  operand_string(x));
    return false;
  }
  return true;
}

int64_t check_index_value(Expr *e, int64_t max, bool *ok) {
  Operand x;
  int64_t v = -1;
  check_expr(&x, e);
  *ok = is_valid_index(&x, "index", false);
  if (!*ok || x.mode != MODE_CONSTANT) return -1;
  if (!const_int64(x.val, &v)) return -1;
  if (max >= 0 && v >= max) {
    error_operand(&x, "invalid argument: index %s out of bounds [0:%lld]",
                  const_text(x.val), (long long)max);
    *ok = false;
    return -1;
  }
  return v;
}

/* ---- x[i] --------------------------------------------------------------- */

static Expr *single_index(Expr *e) {
  if (e->index.index.len > 1)
    error_expr(e->index.index.at[1], "invalid operation: more than one index");
  return e->index.index.at[0];
}

/* Sets x to the element; *length is the number of elements if known, else -1.
 * False if x has no elements. */
static bool element(Operand *x, Expr *e, int64_t *length) {
  Type *u = type_under(x->type);
  *length = -1;
  if (type_is_string(u)) {
    if (x->mode == MODE_CONSTANT) *length = (int64_t)x->val->len;
    if (type_is_untyped(x->type)) update_type(e, type_basic[T_STRING]);
    x->mode = MODE_VALUE;
    x->type = type_byte;
    return true;
  }
  if (u->kind == T_POINTER && type_under(u->elem)->kind == T_ARRAY) {
    u = type_under(u->elem);
    x->mode = MODE_VARIABLE;
  } else if (u->kind == T_ARRAY) {
    if (x->mode != MODE_VARIABLE) x->mode = MODE_VALUE;
  } else if (u->kind == T_SLICE) {
    x->mode = MODE_VARIABLE;
  } else {
    return false;
  }
  if (u->kind == T_ARRAY) *length = u->len;
  x->type = u->elem;
  return true;
}

void check_index(Operand *x, Expr *e) {
  check_expr_or_type_or_builtin(x, e->index.x);
  if (x->mode == MODE_INVALID) {
    for (int i = 0; i < e->index.index.len; i++) use_expr(e->index.index.at[i]);
    return;
  }
  if (x->mode == MODE_TYPE || x->mode == MODE_BUILTIN ||
      (type_under(x->type)->kind == T_FUNC && x->mode == MODE_VALUE)) {
    bool is_type = x->mode == MODE_TYPE;
    if (is_type)
      error_operand(x, "%s is not a generic type", TYPE_STR(x->type));
    else
      error_operand(x, "invalid operation: cannot index %s", operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  Type *u = type_under(x->type);
  if (u->kind == T_MAP && x->mode != MODE_NIL) {
    Operand key;
    check_expr(&key, single_index(e));
    check_assignment(&key, u->key, "map index");
    x->mode = MODE_MAP_INDEX;
    x->type = u->elem;
    return;
  }
  int64_t length;
  if (!element(x, e->index.x, &length)) {
    error_at(end_of(e->index.x), "invalid operation: cannot index %s",
             operand_string(x));
    use_exprs(&e->index.index);
    x->mode = MODE_INVALID;
    return;
  }
  bool ok;
  check_index_value(single_index(e), length, &ok);
  if (x->type->kind == T_INVALID) x->mode = MODE_INVALID;
}

/* ---- x[i:j:k] ----------------------------------------------------------- */

/* Sets x->type to the slice's type; false if x cannot be sliced. */
static bool sliced(Operand *x, Expr *e, int64_t *length) {
  Type *u = type_under(x->type);
  *length = -1;
  if (x->mode == MODE_NIL) return false;
  if (type_is_string(u)) {
    if (e->slice.three) {
      Expr *at = e->slice.max ? e->slice.max : e;
      error_expr(at, "invalid operation: 3-index slice of string");
      x->mode = MODE_INVALID;
      return true;
    }
    if (x->mode == MODE_CONSTANT) *length = (int64_t)x->val->len;
    if (type_is_untyped(x->type)) {
      update_type(e->slice.x, type_basic[T_STRING]);
      x->type = type_basic[T_STRING];
    }
    return true;
  }
  if (u->kind == T_SLICE) return true;
  bool pointer = u->kind == T_POINTER;
  if (pointer) u = type_under(u->elem);
  if (u->kind != T_ARRAY) return false;
  *length = u->len;
  if (!pointer && x->mode != MODE_VARIABLE) {
    error_operand(x, "invalid operation: %s (slice of unaddressable value)",
                  operand_string(x));
    x->mode = MODE_INVALID;
    return true;
  }
  if (!pointer) mark_root(e->slice.x, true);
  x->type = type_new_slice(u->elem);
  return true;
}

/* Reports constant indices that are out of order. */
static void check_order(Expr *const at[3], const int64_t v[3]) {
  for (int i = 0; i < 2; i++)
    for (int j = i + 1; j < 3; j++)
      if (v[i] > 0 && v[j] >= 0 && v[j] < v[i] && at[j]) {
        error_expr(at[j], "invalid slice indices: %lld < %lld", (long long)v[j],
                   (long long)v[i]);
        return;
      }
}

void check_slice(Operand *x, Expr *e) {
  Expr *const at[3] = {e->slice.lo, e->slice.hi, e->slice.max};
  check_expr(x, e->slice.x);
  int64_t length = -1;
  if (x->mode != MODE_INVALID && !sliced(x, e, &length)) {
    error_operand(x, "invalid operation: cannot slice %s", operand_string(x));
    x->mode = MODE_INVALID;
  }
  if (x->mode == MODE_INVALID) {
    for (int i = 0; i < 3; i++) use_expr(at[i]);
    return;
  }
  x->mode = MODE_VALUE;
  int64_t v[3];
  for (int i = 0; i < 3; i++) {
    bool ok;
    v[i] = i == 0 ? 0 : length;
    if (at[i])
      v[i] = check_index_value(at[i], length >= 0 ? length + 1 : -1, &ok);
  }
  check_order(at, v);
}

/* ---- Array and slice literals ------------------------------------------- */

/* Remembers index i; true if it was there. */
static bool seen_before(Scope *seen, int64_t i) {
  Object *o = arena_new(Object);
  o->name = intern_string(arena_printf("%lld", (long long)i));
  return scope_insert(seen, o) != NULL;
}

int64_t check_indexed_elems(ExprList *elems, Type *elem, int64_t len) {
  int64_t index = 0, most = 0;
  bool keyed = false;
  for (int i = 0; i < elems->len; i++)
    keyed |= elems->at[i]->kind == EXPR_KEY_VALUE;
  Scope *seen = keyed ? scope_new(NULL, false) : NULL;
  for (int i = 0; i < elems->len; i++) {
    Expr *e = elems->at[i], *value = e;
    bool valid = false;
    if (e->kind == EXPR_KEY_VALUE) {
      bool ok;
      int64_t v = check_index_value(e->key_value.key, len, &ok);
      valid = ok && v >= 0;
      if (valid) index = v;
      if (ok && v < 0)
        error_expr(e, "index %s must be integer constant",
                   expr_string(e->key_value.key));
      value = e->key_value.value;
    } else if (len >= 0 && index >= len) {
      error_expr(e, "index %lld is out of bounds (>= %lld)", (long long)index,
                 (long long)len);
    } else {
      valid = true;
    }
    if (valid && keyed && seen_before(seen, index))
      error_expr(e, "duplicate index %lld in array or slice literal",
                 (long long)index);
    if (++index > most) most = index;
    Operand x;
    check_expr_hint(&x, value, elem);
    check_assignment(&x, elem, "array or slice literal");
  }
  return most;
}
