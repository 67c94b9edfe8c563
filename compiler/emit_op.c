/* emit_op.c - operators: arithmetic with Go's meaning, shifts, comparisons,
 * concatenation, && and ||. */
#include "emit.h"

#include <stdlib.h>

static const char *op_text(Token op) { return token_string(op); }

/* Cuts a C result back to a narrow integer type. */
static Cx narrow(Cx c, Type *t) {
  if (type_is_float(t) || type_bits(t) >= 32) return c;
  return cx(P_UNARY, "(%s)%s", ctype(t), at(c, P_POST));
}

static bool plain_divisor(Cx y) {
  char *end;
  long long v = strtoll(y.s, &end, 10);
  return end != y.s && *end == 0 && v > 0;
}

/* x op y for numbers of type t; op is an arithmetic operator without shifts. */
Cx arith(Token op, Cx x, Cx y, Type *t) {
  switch (op) {
    case TOKEN_ADD: return narrow(cx(P_ADD, "%s + %s", at(x, P_ADD), at(y, P_MUL)), t);
    case TOKEN_SUB:
      return narrow(cx(P_ADD, "%s - %s", at(x, P_ADD), at(y, P_MUL + (y.s[0] == '-'))), t);
    case TOKEN_MUL: {
      if (type_under(t)->kind == T_UINT16) /* int would overflow */
        return cx(P_UNARY, "(%s)((uint32_t)%s * %s)", ctype(t), at(x, P_UNARY),
                  at(y, P_UNARY));
      return narrow(cx(P_MUL, "%s * %s", at(x, P_MUL), at(y, P_UNARY)), t);
    }
    case TOKEN_DIV: case TOKEN_REM:
      if (type_is_float(t) || plain_divisor(y))
        return narrow(cx(P_MUL, "%s %s %s", at(x, P_UNARY), op_text(op),
                         at(y, P_UNARY)), t);
      return cx(P_POST, "tern_%s_%s(%s, %s)", op == TOKEN_DIV ? "div" : "rem",
                type_suffix(t), at(x, P_ASSIGN), at(y, P_ASSIGN));
    case TOKEN_AND: return cx(P_BAND, "%s & %s", at(x, P_UNARY), at(y, P_UNARY));
    case TOKEN_OR: return cx(P_BOR, "%s | %s", at(x, P_UNARY), at(y, P_UNARY));
    case TOKEN_XOR: return cx(P_XOR, "%s ^ %s", at(x, P_UNARY), at(y, P_UNARY));
    case TOKEN_AND_NOT: return narrow(cx(P_BAND, "%s & ~%s", at(x, P_UNARY), at(y, P_UNARY)), t);
    default: return x;
  }
}

/* x << count, x >> count for x of type t. */
Cx shift(Token op, Cx x, Expr *count, Type *t) {
  bool left = op == TOKEN_SHL;
  int bits = type_bits(t);
  uint64_t n;
  if (count->cval && const_uint64(const_to_int(count->cval), &n)) {
    if (n < (uint64_t)bits) {
      if (left && x.p == P_POST && (x.s[0] == '-' || (x.s[0] >= '0' && x.s[0] <= '9')))
        x = cx(P_UNARY, "(%s)%s", ctype(t), x.s);
      return narrow(cx(P_SHIFT, "%s %s %d", at(x, P_UNARY), op_text(op), (int)n), t);
    }
    if (left || type_is_unsigned(t))
      return cx(P_COMMA, "(void)%s, (%s)0", at(x, P_UNARY), ctype(t));
    return cx(P_SHIFT, "%s >> %d", at(x, P_UNARY), bits - 1);
  }
  Cx c = rvalue(count);
  if (!type_is_unsigned(count->type))
    c = cx(P_POST, "tern_shift_count(%s)", c.s);
  return cx(P_POST, "tern_%s_%s(%s, %s)", left ? "shl" : "shr", type_suffix(t),
            at(x, P_ASSIGN), at(c, P_ASSIGN));
}

static void concat_operands(Expr *e, ExprList *out) {
  Expr *u = unparen(e);
  if (u->kind == EXPR_BINARY && u->binary.op == TOKEN_ADD && !u->cval) {
    concat_operands(u->binary.x, out);
    concat_operands(u->binary.y, out);
  } else {
    list_push(out, u);
  }
}

/* parts[0] + parts[1] + ... */
Cx string_concat(Cx *parts, int n) {
  Text t = {0};
  for (int i = 0; i < n; i++)
    text_printf(&t, "%s%s", i ? ", " : "", at(parts[i], P_ASSIGN));
  return cx(P_POST, "tern_concat((tern_string[]){%s}, %d)", t.s, n);
}

static Cx concat(Expr *e) {
  ExprList list = {0};
  concat_operands(e, &list);
  Cx *parts = arena_array(Cx, list.len);
  eval_list(list.at, NULL, list.len, parts);
  return string_concat(parts, list.len);
}

static Cx logical(Expr *e) {
  bool and = e->binary.op == TOKEN_LAND;
  int p = and ? P_AND : P_OR;
  Cx x = rvalue(e->binary.x);
  PreMark m = pre_begin();
  Cx y = rvalue(e->binary.y);
  const char *before = pre_end(m);
  if (*before) {
    Cx t = spill_c(x, "bool");
    pre("if (%s%s) { %s %s = %s; }", and ? "" : "!", t.s, before, t.s,
        at(y, P_ASSIGN));
    return t;
  }
  int q = and ? P_BOR : P_EQ;
  return cx(p, "%s %s %s", x.p == p ? x.s : at(x, q), op_text(e->binary.op),
            at(y, q));
}

/* ---- Comparison --------------------------------------------------------- */

enum { INLINE_FIELDS = 6 };

static int leaves(Type *t) {
  Type *u = type_under(t);
  if (u->kind == T_ARRAY)
    return u->len > INLINE_FIELDS ? 100 : (int)u->len * leaves(u->elem);
  if (u->kind != T_STRUCT) return 1;
  int n = 0;
  for (int i = 0; i < u->nfields && n < 100; i++) n += leaves(u->fields[i].type);
  return n;
}

/* x == y for values of type t; both are stable text if the caller says so. */
Cx equal(Cx x, Cx y, Type *t, bool stable_operands) {
  Type *u = type_under(t);
  switch (u->kind) {
    case T_STRING:
      return cx(P_POST, "tern_streq(%s, %s)", at(x, P_ASSIGN), at(y, P_ASSIGN));
    case T_INTERFACE:
      return cx(P_POST, "tern_%s(%s, %s)", u->nmethods ? "ifaceeq" : "efaceeq",
                at(x, P_ASSIGN), at(y, P_ASSIGN));
    case T_STRUCT: case T_ARRAY: break;
    default: return cx(P_EQ, "%s == %s", at(x, P_SHIFT), at(y, P_SHIFT));
  }
  if (!stable_operands) {
    x = spill(x, t);
    y = spill(y, t);
  }
  if (leaves(t) > INLINE_FIELDS)
    return cx(P_POST, "tern_equal(&%s, &%s, &%s)", type_desc(t), at(x, P_UNARY),
              at(y, P_UNARY));
  Cx all = cx(P_POST, "true");
  int n = u->kind == T_ARRAY ? (int)u->len : u->nfields, parts = 0;
  for (int i = 0; i < n; i++) {
    Type *ft = u->kind == T_ARRAY ? u->elem : u->fields[i].type;
    if (u->kind == T_STRUCT && u->fields[i].name[0] == '_' && !u->fields[i].name[1])
      continue;
    const char *sel = u->kind == T_ARRAY ? arena_printf(".a[%d]", i)
                                         : arena_printf(".%s", field_name(u, i));
    Cx one = equal(cx(P_POST, "%s%s", at(x, P_POST), sel),
                   cx(P_POST, "%s%s", at(y, P_POST), sel), ft, true);
    all = parts++ ? cx(P_AND, "%s && %s", at(all, P_AND), at(one, P_BOR)) : one;
  }
  return all;
}

static Cx nil_check(Expr *e) {
  Cx x = rvalue(e);
  Type *u = type_under(e->type);
  if (u->kind == T_SLICE) return cx(P_EQ, "%s.ptr == NULL", at(x, P_POST));
  if (u->kind == T_INTERFACE)
    return cx(P_EQ, "%s.%s == NULL", at(x, P_POST), u->nmethods ? "tab" : "type");
  return cx(P_EQ, "%s == NULL", at(x, P_SHIFT));
}

/* x == y with the implicit conversions of a comparison. */
Cx equal_exprs(Expr *x, Expr *y) {
  if (x->mode == MODE_NIL) return nil_check(y);
  if (y->mode == MODE_NIL) return nil_check(x);
  Type *t = x->type;
  if (!type_is_interface(x->type) && type_is_interface(y->type)) t = y->type;
  if (type_is_interface(x->type) && type_is_interface(y->type) &&
      (type_under(x->type)->nmethods == 0 || type_under(y->type)->nmethods == 0))
    t = type_any;
  if (type_under(t)->kind == T_STRING) {
    Expr *empty = x->cval && x->cval->len == 0 ? y
                  : y->cval && y->cval->len == 0 ? x : NULL;
    if (empty && !empty->cval)
      return cx(P_EQ, "%s.len == 0", at(rvalue(empty), P_POST));
  }
  Cx c[2];
  eval_list((Expr *[]){x, y}, (Type *[]){t, t}, 2, c);
  bool in_place = is_variable(x) && is_variable(y) && !type_is_interface(t);
  return equal(c[0], c[1], t, in_place);
}

static Cx comparison(Expr *e) {
  Token op = e->binary.op;
  Expr *x = e->binary.x, *y = e->binary.y;
  if (op == TOKEN_EQ) return equal_exprs(x, y);
  if (op == TOKEN_NE) {
    Cx c = equal_exprs(x, y);
    char *s = arena_copy(c.s, __builtin_strlen(c.s));
    if (c.p == P_EQ) { /* a == b at the top: the last " == " is the operator */
      for (char *p = s + __builtin_strlen(s) - 3; p > s; p--)
        if (p[0] == '=' && p[1] == '=' && p[-1] == ' ') {
          int depth = 0;
          for (char *q = p; *q; q++) depth += (*q == '(') - (*q == ')');
          if (depth != 0) continue;
          p[0] = '!';
          return cx(P_EQ, "%s", s);
        }
    }
    return cx(P_UNARY, "!%s", at(c, P_UNARY));
  }
  Cx c[2];
  eval_list((Expr *[]){x, y}, NULL, 2, c);
  if (type_is_string(x->type))
    return cx(P_REL, "tern_strcmp(%s, %s) %s 0", at(c[0], P_ASSIGN),
              at(c[1], P_ASSIGN), op_text(op));
  return cx(P_REL, "%s %s %s", at(c[0], P_SHIFT), op_text(op), at(c[1], P_SHIFT));
}

/* All binary operators. */
Cx binary(Expr *e) {
  Token op = e->binary.op;
  switch (op) {
    case TOKEN_LAND: case TOKEN_LOR: return logical(e);
    case TOKEN_EQ: case TOKEN_NE: case TOKEN_LT: case TOKEN_LE: case TOKEN_GT:
    case TOKEN_GE:
      return comparison(e);
    case TOKEN_SHL: case TOKEN_SHR: {
      Cx x = rvalue(e->binary.x);
      if ((has_call(e->binary.x) || !is_stable(e->binary.x)) && has_call(e->binary.y))
        x = spill(x, e->type);
      return shift(op, x, e->binary.y, e->type);
    }
    default: break;
  }
  if (type_is_string(e->type)) return concat(e);
  Cx c[2];
  eval_list((Expr *[]){e->binary.x, e->binary.y}, NULL, 2, c);
  if (type_bits(e->type) == 32 || type_is_float(e->type) || type_bits(e->type) == 64)
    for (int i = 0; i < 2; i++) /* a constant must not decide the width */
      if (op == TOKEN_AND_NOT && (i ? e->binary.y : e->binary.x)->cval)
        c[i] = cx(P_UNARY, "(%s)%s", ctype(e->type), at(c[i], P_UNARY));
  return arith(op, c[0], c[1], e->type);
}
