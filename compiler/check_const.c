/* check_const.c - untyped values: what type can hold them, and when they get
 * it.
 *
 * An untyped expression keeps its untyped type on its nodes until the context
 * asks for a type.  Then implicit_type says which one it becomes and
 * update_type walks down the nodes that share it (operands of arithmetic, the
 * left operand of a shift, but not operands of a comparison).
 */
#include "check_internal.h"

/* ---- Representability --------------------------------------------------- */

/* Bits and signedness of an integer kind. */
static bool fits_integer(const ConstValue *v, TypeKind kind) {
  static const uint8_t bits[] = {
      [T_INT] = 64,    [T_INT8] = 8,    [T_INT16] = 16,  [T_INT32] = 32,
      [T_INT64] = 64,  [T_UINT] = 64,   [T_UINT8] = 8,   [T_UINT16] = 16,
      [T_UINT32] = 32, [T_UINT64] = 64, [T_UINTPTR] = 64};
  if (kind >= T_UINT)
    return const_sign(v) >= 0 && const_bit_len(v) <= bits[kind];
  if (const_sign(v) >= 0) return const_bit_len(v) < bits[kind];
  /* -2^(n-1) has n bits but fits: look at ^v, which is -v-1. */
  return const_bit_len(const_unary(CONST_COM, v, 0)) < bits[kind];
}

bool representable(ConstValue *val, Type *t, ConstValue **out) {
  Type *u = type_under(t);
  *out = val;
  if (val->kind == CONST_UNKNOWN) return true;
  if (type_is_integer(u)) {
    ConstValue *i = const_to_int(val);
    if (!i) return false;
    *out = i;
    return type_is_untyped(u) || fits_integer(i, u->kind);
  }
  if (type_is_float(u)) {
    if (val->kind < CONST_INT) return false;
    if (u->kind == T_UNTYPED_FLOAT) return true;
    ConstValue *f = const_round_float(val, u->kind == T_FLOAT32 ? 32 : 64);
    if (f) *out = f;
    return f != NULL;
  }
  if (type_is_string(u)) return val->kind == CONST_STRING;
  if (type_is_boolean(u)) return val->kind == CONST_BOOL;
  return false;
}

ConvertError representation(Operand *x, Type *t, ConstValue **out) {
  if (representable(x->val, t, out)) return CONVERT_OK;
  if (type_is_numeric(x->type) && type_is_numeric(t))
    return !type_is_integer(x->type) && type_is_integer(t) ? CONVERT_TRUNCATED
                                                           : CONVERT_OVERFLOW;
  return CONVERT_BAD;
}

static void conversion_error(ConvertError e, Operand *x, Type *t) {
  const char *what = operand_string(x);
  if (e == CONVERT_TRUNCATED)
    error_operand(x, "%s truncated to %s", what, TYPE_STR(t));
  else if (e == CONVERT_OVERFLOW)
    error_operand(x, "%s overflows %s", what, TYPE_STR(t));
  else
    error_operand(x, "cannot convert %s to type %s", what, TYPE_STR(t));
  x->mode = MODE_INVALID;
}

/* gc words a constant expression's overflow in its own way. */
void check_representable(Operand *x, Type *t) {
  ConstValue *v;
  ConvertError e = representation(x, t, &v);
  if (e != CONVERT_OK) {
    conversion_error(e, x, t);
    return;
  }
  x->val = v;
}

static const char *op_name(Expr *e) {
  if (!e) return "";
  if (e->kind == EXPR_UNARY && e->unary.op == TOKEN_XOR)
    return "bitwise complement ";
  if (e->kind != EXPR_BINARY) return "";
  switch (e->binary.op) {
    case TOKEN_ADD: return "addition ";
    case TOKEN_SUB: return "subtraction ";
    case TOKEN_XOR: return "bitwise XOR ";
    case TOKEN_MUL: return "multiplication ";
    case TOKEN_SHL: return "shift ";
    default: return "";
  }
}

void check_overflow(Operand *x, Pos op_pos) {
  if (x->val->kind == CONST_UNKNOWN) {
    error_at(op_pos, "constant result is not representable");
    return;
  }
  if (!type_is_untyped(x->type)) {
    check_representable(x, type_under(x->type));
    return;
  }
  if (x->val->kind == CONST_INT && const_bit_len(x->val) > CONST_MAX_BITS) {
    error_at(op_pos, "constant %soverflow", op_name(x->expr));
    x->val = const_unknown();
  }
}

/* ---- Untyped to typed --------------------------------------------------- */

Type *default_type(Type *t) {
  switch (t->kind) {
    case T_UNTYPED_BOOL: return type_basic[T_BOOL];
    case T_UNTYPED_INT: return type_basic[T_INT];
    case T_UNTYPED_RUNE: return type_rune;
    case T_UNTYPED_FLOAT: return type_basic[T_FLOAT64];
    case T_UNTYPED_STRING: return type_basic[T_STRING];
    default: return t;
  }
}

/* Two untyped operands meet: numbers take the larger kind. */
static ConvertError both_untyped(Operand *x, Type *target, Type **type) {
  if (x->mode == MODE_NIL || target->kind == T_UNTYPED_NIL) {
    *type = target;
    return x->type->kind == target->kind ? CONVERT_OK : CONVERT_BAD;
  }
  bool numbers = type_is_numeric(x->type) && type_is_numeric(target);
  if (numbers)
    *type = x->type->kind < target->kind ? target : x->type;
  else if (x->type->kind != target->kind)
    return CONVERT_BAD;
  return CONVERT_OK;
}

ConvertError implicit_type(Operand *x, Type *target, Type **type,
                           ConstValue **val) {
  *val = NULL;
  *type = x->type;
  if (x->mode == MODE_INVALID || !type_is_untyped(x->type) ||
      target->kind == T_INVALID)
    return CONVERT_OK;
  if (type_is_untyped(target)) return both_untyped(x, target, type);
  if (x->mode == MODE_NIL) {
    *type = target;
    return type_has_nil(target) ? CONVERT_OK : CONVERT_BAD;
  }
  Type *u = type_under(target);
  if (u->kind == T_INTERFACE) {
    *type = default_type(x->type);
    type_interface_complete(u);
    return u->nmethods == 0 ? CONVERT_OK : CONVERT_BAD;
  }
  *type = target;
  bool basic = u->kind <= T_COMPLEX128 || u->kind == T_STRING ||
               u->kind == T_UNSAFE_POINTER;
  if (!basic) return CONVERT_BAD;
  if (x->mode == MODE_CONSTANT) return representation(x, u, val);
  /* Comparisons are untyped bools; shifts of constants untyped integers. */
  bool ok = x->type->kind == T_UNTYPED_BOOL     ? type_is_boolean(u)
            : x->type->kind == T_UNTYPED_STRING ? type_is_string(u)
                                                : type_is_numeric(u);
  return ok ? CONVERT_OK : CONVERT_BAD;
}

static void set_type(Operand *x, Type *type, ConstValue *val) {
  if (val) {
    x->val = val;
    update_value(x->expr, val);
  }
  if (type == x->type) return;
  x->type = type;
  update_type(x->expr, type);
}

void convert_untyped(Operand *x, Type *target) {
  Type *type;
  ConstValue *val;
  ConvertError e = implicit_type(x, target, &type, &val);
  if (e != CONVERT_OK) {
    conversion_error(
        e, x,
        type_under(target)->kind == T_INVALID ? target : type_under(target));
    return;
  }
  set_type(x, type, val);
}

void convert_default(Operand *x) {
  if (x->mode == MODE_INVALID || !x->type || !type_is_untyped(x->type) ||
      x->mode == MODE_NIL)
    return;
  convert_untyped(x, default_type(x->type));
}

/* ---- Final types on the tree -------------------------------------------- */

void update_value(Expr *e, ConstValue *val) {
  for (; e; e = e->paren.x) {
    if (e->cval) e->cval = val;
    if (e->kind != EXPR_PAREN) break;
  }
}

static bool is_comparison(Token op) { return op >= TOKEN_EQ && op <= TOKEN_GE; }

/* The constant operand of a shift with a variable count gets a type late; it
 * must be an integer. */
static void check_shifted(Expr *e, Type *t) {
  if (type_is_integer(t) || !e->cval) return;
  error_expr(e,
             "invalid operation: shifted operand %s (type %s) must be integer",
             expr_string(e), TYPE_STR(t));
  e->cval = const_unknown();
}

/* Types of operands that share the node's type. */
static void update_operands(Expr *e, Type *t) {
  switch (e->kind) {
    case EXPR_PAREN: update_type(e->paren.x, t); break;
    case EXPR_UNARY:
      if (!e->cval && e->unary.op != TOKEN_ARROW && e->unary.op != TOKEN_AND)
        update_type(e->unary.x, t);
      break;
    case EXPR_BINARY:
      if (e->cval || is_comparison(e->binary.op)) break;
      update_type(e->binary.x, t);
      if (e->binary.op != TOKEN_SHL && e->binary.op != TOKEN_SHR)
        update_type(e->binary.y, t);
      break;
    case EXPR_CALL: /* min, max of untyped operands */
      if (e->cval || e->call.kind != CALL_BUILTIN) break;
      for (int i = 0; i < e->call.args.len; i++)
        update_type(e->call.args.at[i], t);
      break;
    default: break;
  }
}

/* An untyped constant takes type t: its value in that type. */
static void settle_constant(Expr *e, Type *t) {
  Operand c = {
      .mode = MODE_CONSTANT, .type = e->type, .val = e->cval, .expr = e};
  if (type_is_interface(t)) return;
  check_representable(&c, type_under(t));
  e->cval = c.val;
}

static bool is_shift_node(Expr *e) {
  return e->kind == EXPR_BINARY &&
         (e->binary.op == TOKEN_SHL || e->binary.op == TOKEN_SHR);
}

void update_type(Expr *e, Type *t) {
  if (!e || !e->type || !type_is_untyped(e->type) || e->mode == MODE_INVALID)
    return;
  bool typed = !type_is_untyped(t);
  if (typed && is_shift_node(e) && !e->cval)
    check_shifted(unparen(e->binary.x), t);
  update_operands(e, t);
  if (typed && e->cval && e->kind != EXPR_PAREN) settle_constant(e, t);
  if (e->kind == EXPR_PAREN && e->cval) e->cval = unparen(e)->cval;
  e->type = t;
}
