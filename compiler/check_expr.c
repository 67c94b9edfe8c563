/* check_expr.c - expressions: dispatch, binary operators, comparisons.
 *
 * check_raw_expr is the heart: it checks one node into an Operand and records
 * the result on the node.  The other entry points add what their callers need:
 * a single value, a value or a type, possibly several values.
 */
#include <string.h>

#include "check_internal.h"

/* ---- Recording ---------------------------------------------------------- */

void record(Operand *x) {
  Expr *e = x->expr;
  e->mode = (uint8_t)x->mode;
  e->type = x->mode == MODE_INVALID ? type_basic[T_INVALID] : x->type;
  e->cval = x->mode == MODE_CONSTANT ? x->val : NULL;
}

void mark_root(Expr *e, bool address) {
  for (;;) {
    if (e->kind == EXPR_PAREN) {
      e = e->paren.x;
    } else if (e->kind == EXPR_SELECTOR) {
      Selection *s = &e->selector.selection;
      if (s->kind == SEL_PACKAGE) {
        e = e->selector.sel;
        continue;
      }
      for (int i = 0; i < s->path_len; i++)
        if (s->path[i].deref) return;
      e = e->selector.x;
    } else if (e->kind == EXPR_INDEX) {
      Type *t = e->index.x->type;
      if (!t || type_under(t)->kind != T_ARRAY) return;
      e = e->index.x;
    } else {
      break;
    }
  }
  if (e->kind != EXPR_IDENT || !e->ident.obj || e->ident.obj->kind != OBJ_VAR)
    return;
  if (address)
    e->ident.obj->addrtaken = true;
  else
    e->ident.obj->reassigned = true;
}

/* ---- Entry points ------------------------------------------------------- */

static void invalidate(Operand *x) {
  x->mode = MODE_INVALID;
  if (x->expr) record(x);
}

void exclude_modes(Operand *x, bool allow_type, bool allow_no_value) {
  const char *format;
  if (x->mode == MODE_NO_VALUE && !allow_no_value)
    format = allow_type ? "%s used as value or type" : "%s used as value";
  else if (x->mode == MODE_BUILTIN)
    format = "%s must be called";
  else if (x->mode == MODE_TYPE && !allow_type)
    format = "%s is not an expression";
  else
    return;
  const char *what = operand_string(x);
  error_operand(x, "%s%s", what, format + 2);
  invalidate(x);
}

void single_value(Operand *x) {
  if (x->mode != MODE_VALUE || x->type->kind != T_TUPLE) return;
  error_operand(x, "multiple-value %s in single-value context",
                operand_string(x));
  invalidate(x);
}

void check_expr_hint(Operand *x, Expr *e, Type *hint) {
  check_raw_expr(x, e, hint);
  exclude_modes(x, false, false);
  single_value(x);
}

void check_expr(Operand *x, Expr *e) { check_expr_hint(x, e, NULL); }

void check_multi_expr(Operand *x, Expr *e) {
  check_raw_expr(x, e, NULL);
  exclude_modes(x, false, false);
}

void check_expr_or_type_or_builtin(Operand *x, Expr *e) {
  check_raw_expr(x, e, NULL);
  if (x->mode != MODE_BUILTIN) exclude_modes(x, true, false);
  single_value(x);
}

bool use_expr(Expr *e) {
  Operand x;
  if (!e) return true;
  if (e->kind == EXPR_KEY_VALUE) {
    use_expr(e->key_value.key);
    return use_expr(e->key_value.value);
  }
  check_raw_expr(&x, e, NULL);
  return x.mode != MODE_INVALID;
}

bool use_exprs(ExprList *list) {
  bool ok = true;
  for (int i = 0; i < list->len; i++) ok &= use_expr(list->at[i]);
  return ok;
}

bool use_lhs(ExprList *list) {
  bool ok = true;
  for (int i = 0; i < list->len; i++) {
    Expr *e = unparen(list->at[i]);
    if (e->kind != EXPR_IDENT) {
      ok &= use_expr(list->at[i]);
      continue;
    }
    if (strcmp(e->ident.name, "_") == 0) continue;
    Object *o = scope_lookup_outward(ck->env.scope, e->ident.name);
    bool used = o && o->used;
    ok &= use_expr(e);
    if (o && o->kind == OBJ_VAR) o->used = used;
  }
  return ok;
}

/* ---- Operators ---------------------------------------------------------- */

ConstOp const_op(Token op) {
  switch (op) {
    case TOKEN_ADD: return CONST_ADD;
    case TOKEN_SUB: return CONST_SUB;
    case TOKEN_MUL: return CONST_MUL;
    case TOKEN_DIV: return CONST_QUO;
    case TOKEN_REM: return CONST_REM;
    case TOKEN_AND: return CONST_AND;
    case TOKEN_OR: return CONST_OR;
    case TOKEN_XOR: return CONST_XOR;
    case TOKEN_AND_NOT: return CONST_AND_NOT;
    case TOKEN_SHL: return CONST_SHL;
    case TOKEN_SHR: return CONST_SHR;
    case TOKEN_LAND: return CONST_LAND;
    case TOKEN_LOR: return CONST_LOR;
    case TOKEN_EQ: return CONST_EQL;
    case TOKEN_NE: return CONST_NEQ;
    case TOKEN_LT: return CONST_LSS;
    case TOKEN_LE: return CONST_LEQ;
    case TOKEN_GT: return CONST_GTR;
    case TOKEN_GE: return CONST_GEQ;
    default: return CONST_NOT;
  }
}

/* Whether the binary operator is defined on the type. */
static bool operator_defined(Token op, Type *t) {
  switch (op) {
    case TOKEN_ADD: return type_is_numeric(t) || type_is_string(t);
    case TOKEN_SUB:
    case TOKEN_MUL:
    case TOKEN_DIV: return type_is_numeric(t);
    case TOKEN_LAND:
    case TOKEN_LOR: return type_is_boolean(t);
    default: return type_is_integer(t);
  }
}

/* Whether one of the operands, if untyped, may take the type of the other. */
static bool may_convert(Operand *x, Operand *y) {
  if (!type_is_untyped(x->type) && !type_is_untyped(y->type)) return false;
  if (type_is_interface(x->type) || type_is_interface(y->type)) return true;
  if (type_is_boolean(x->type) != type_is_boolean(y->type)) return false;
  if (type_is_string(x->type) != type_is_string(y->type)) return false;
  if (x->mode == MODE_NIL) return type_has_nil(y->type);
  if (y->mode == MODE_NIL) return type_has_nil(x->type);
  return !type_is_pointer(x->type) && !type_is_pointer(y->type);
}

void match_types(Operand *x, Operand *y) {
  if (!may_convert(x, y)) return;
  convert_untyped(x, y->type);
  if (x->mode == MODE_INVALID) return;
  convert_untyped(y, x->type);
  if (y->mode == MODE_INVALID) x->mode = MODE_INVALID;
}

/* Why x op y is no valid comparison, NULL if it is; *at is the operand to
 * blame. */
static const char *comparison_error(Operand *x, Operand *y, Token op,
                                    Operand **at) {
  *at = x;
  if (!assignable(x, y->type, NULL) && !assignable(y, x->type, NULL)) {
    *at = y;
    return arena_printf("mismatched types %s and %s", TYPE_STR(x->type),
                        TYPE_STR(y->type));
  }
  if (op != TOKEN_EQ && op != TOKEN_NE) {
    if (!type_ordered(x->type)) return "";
    *at = y;
    return type_ordered(y->type) ? NULL : "";
  }
  if (x->mode == MODE_NIL || y->mode == MODE_NIL) {
    *at = y;
    return type_has_nil(x->mode == MODE_NIL ? y->type : x->type) &&
                   !(x->mode == MODE_NIL && y->mode == MODE_NIL &&
                     type_is_untyped(x->type))
               ? NULL
               : "";
  }
  if (!type_comparable(x->type)) return incomparable_cause(x->type);
  *at = y;
  return type_comparable(y->type) ? NULL : incomparable_cause(y->type);
}

void check_comparison(Operand *x, Operand *y, Token op, bool switch_case) {
  if (x->type->kind == T_INVALID || y->type->kind == T_INVALID) {
    x->mode = MODE_INVALID;
    return;
  }
  if (switch_case) op = TOKEN_EQ;
  Operand *at;
  const char *cause = comparison_error(x, y, op, &at);
  if (cause) {
    if (!*cause)
      cause = arena_printf("operator %s not defined on %s", token_string(op),
                           kind_string(at->type));
    if (switch_case)
      error_operand(x, "invalid case %s in switch on %s (%s)",
                    expr_string(x->expr), expr_string(y->expr), cause);
    else
      error_operand(at, "invalid operation: %s %s %s (%s)",
                    expr_string(x->expr), token_string(op),
                    expr_string(y->expr), cause);
    x->mode = MODE_INVALID;
    return;
  }
  if (x->mode == MODE_CONSTANT && y->mode == MODE_CONSTANT) {
    x->val = const_bool(const_compare(x->val, const_op(op), y->val));
  } else {
    x->mode = MODE_VALUE;
    update_type(x->expr, default_type(x->type));
    update_type(y->expr, default_type(y->type));
  }
  x->type = type_basic[T_UNTYPED_BOOL];
}

/* Folds x op y of two constants. */
static void fold(Operand *x, Operand *y, Expr *e, Token op) {
  if (x->val->kind == CONST_UNKNOWN || y->val->kind == CONST_UNKNOWN) {
    x->val = const_unknown();
    return;
  }
  ConstOp cop = const_op(op);
  if (op == TOKEN_DIV && type_is_integer(x->type)) cop = CONST_IDIV;
  ConstValue *a = x->val, *b = y->val;
  if (type_is_integer(x->type)) {
    a = const_to_int(a);
    b = const_to_int(b);
  }
  x->val = a && b ? const_binary(a, cop, b) : const_unknown();
  Expr *before = x->expr;
  if (e) x->expr = e;
  check_overflow(x, e ? e->pos : start_of(before));
}

static void mismatch(Operand *x, Operand *y, Expr *e, Expr *lhs, Expr *rhs,
                     Token op) {
  if (x->type->kind == T_INVALID || y->type->kind == T_INVALID) return;
  const char *what = e ? expr_string(e)
                       : arena_printf("%s %s= %s", expr_string(lhs),
                                      token_string(op), expr_string(rhs));
  error_operand(x, "invalid operation: %s (mismatched types %s and %s)", what,
                TYPE_STR(x->type), TYPE_STR(y->type));
}

/* lhs op rhs into x; e is the whole node, or NULL in lhs op= rhs. */
void check_binary(Operand *x, Expr *e, Expr *lhs, Expr *rhs, Token op) {
  Operand y;
  check_expr(x, lhs);
  check_expr(&y, rhs);
  if (x->mode == MODE_INVALID) return;
  if (y.mode == MODE_INVALID) {
    x->mode = MODE_INVALID;
    x->expr = y.expr;
    return;
  }
  if (op == TOKEN_SHL || op == TOKEN_SHR) {
    check_shift(x, &y, e, op);
    return;
  }
  match_types(x, &y);
  if (x->mode == MODE_INVALID) return;
  if (op >= TOKEN_EQ && op <= TOKEN_GE) {
    check_comparison(x, &y, op, false);
    return;
  }
  if (!type_identical(x->type, y.type)) {
    mismatch(x, &y, e, lhs, rhs, op);
    x->mode = MODE_INVALID;
    return;
  }
  if (!operator_defined(op, x->type)) {
    error_operand(x, "invalid operation: operator %s not defined on %s",
                  token_string(op), operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  if ((op == TOKEN_DIV || op == TOKEN_REM) &&
      (x->mode == MODE_CONSTANT || type_is_integer(x->type)) &&
      y.mode == MODE_CONSTANT && const_is_zero(y.val)) {
    error_operand(&y, "invalid operation: division by zero");
    x->mode = MODE_INVALID;
    return;
  }
  if (x->mode == MODE_CONSTANT && y.mode == MODE_CONSTANT)
    fold(x, &y, e, op);
  else
    x->mode = MODE_VALUE;
}

/* ---- Dispatch ----------------------------------------------------------- */

static void check_star(Operand *x, Expr *e) {
  check_expr_or_type_or_builtin(x, e->star.x);
  if (x->mode == MODE_INVALID) return;
  if (x->mode == MODE_TYPE) {
    check_var_type(e->star.x);
    x->type = type_new_pointer(x->type);
    return;
  }
  Type *u = type_under(x->type);
  bool value = x->mode != MODE_NIL && x->mode != MODE_BUILTIN;
  if (value && u->kind == T_POINTER) {
    x->mode = MODE_VARIABLE;
    x->type = u->elem;
  } else {
    error_operand(x, "invalid operation: cannot indirect %s",
                  operand_string(x));
    x->mode = MODE_INVALID;
  }
}

static void check_type_syntax(Operand *x, Expr *e) {
  x->type = check_type(e);
  x->mode = x->type->kind == T_INVALID ? MODE_INVALID : MODE_TYPE;
}

/* The kinds of nodes; on return x->mode and x->type are set. */
static void dispatch(Operand *x, Expr *e, Type *hint) {
  switch (e->kind) {
    case EXPR_IDENT: check_ident(x, e, false); break;
    case EXPR_LITERAL: check_literal(x, e); break;
    case EXPR_FUNC_LIT: check_func_lit(x, e); break;
    case EXPR_COMPOSITE: check_composite(x, e, hint); break;
    case EXPR_PAREN: check_raw_expr(x, e->paren.x, NULL); break;
    case EXPR_SELECTOR: check_selector(x, e, false); break;
    case EXPR_INDEX: check_index(x, e); break;
    case EXPR_SLICE: check_slice(x, e); break;
    case EXPR_TYPE_ASSERT: check_type_assert(x, e); break;
    case EXPR_CALL: check_call(x, e); break;
    case EXPR_STAR: check_star(x, e); break;
    case EXPR_UNARY: check_unary(x, e); break;
    case EXPR_BINARY:
      check_binary(x, e, e->binary.x, e->binary.y, e->binary.op);
      break;
    case EXPR_KEY_VALUE: error_expr(e, "no key:value expected"); break;
    case EXPR_ELLIPSIS: error_expr(e, "invalid use of '...'"); break;
    case EXPR_BAD: break;
    default: check_type_syntax(x, e);
  }
}

void check_raw_expr(Operand *x, Expr *e, Type *hint) {
  *x =
      (Operand){.mode = MODE_INVALID, .type = type_basic[T_INVALID], .expr = e};
  e->comma_ok = false;
  dispatch(x, e, hint);
  x->expr = e;
  record(x);
}
