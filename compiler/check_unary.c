/* check_unary.c - operands and one-sided operators: names, literals, & - ^ !
 * <-, shifts, type assertions. */
#include <string.h>

#include "check_internal.h"
#include "utf8.h"

/* ---- Names -------------------------------------------------------------- */

/* Notes that the function under check mentions a variable of one around it. */
static void capture(Object *v) {
  FuncInfo *f = ck->env.func;
  if (!v->func || !f || v->func == f) return;
  v->captured = true;
  for (; f && f != v->func; f = f->outer) {
    bool known = false;
    for (int i = 0; i < f->ncaptures && !known; i++)
      known = f->captures[i] == v;
    if (known) break;
    struct {
      Object **at;
      int len, cap;
    } list = {f->captures, f->ncaptures, f->ncaptures};
    list_push(&list, v);
    f->captures = list.at;
    f->ncaptures = list.len;
  }
}

static void use_const(Operand *x, Object *o) {
  add_dependency(o);
  if (x->type->kind == T_INVALID) return;
  x->val = o->cval;
  if (o == universe_iota) {
    if (!ck->env.iota) {
      error_expr(x->expr, "cannot use iota outside constant declaration");
      return;
    }
    x->val = ck->env.iota;
  }
  x->mode = x->val ? MODE_CONSTANT : MODE_INVALID;
}

/* A name of another package without its package before it. */
static void use_dot_import(Package *p) {
  for (int i = 0; i < ck->imports.len; i++)
    if (ck->imports.at[i]->dot && ck->imports.at[i]->imported == p)
      ck->imports.at[i]->used = true;
}

void check_ident(Operand *x, Expr *e, bool want_type) {
  const char *name = e->ident.name;
  Object *o = scope_lookup_outward(ck->env.scope, name);
  x->expr = e;
  e->ident.obj = o;
  if (!o) {
    if (strcmp(name, "_") == 0)
      error_expr(e, "cannot use _ as value or type");
    else
      error_expr(e, "undefined: %s", name);
    return;
  }
  if (o->pkg != ck->pkg && o->pkg) use_dot_import(o->pkg);
  if (want_type && o->kind != OBJ_TYPE && o->kind != OBJ_PACKAGE) {
    error_expr(e, "%s is not a type", name);
    o->used = true;
    return;
  }
  if (!o->type || (want_type && o->checking)) object_resolve(o);
  x->type = o->type ? o->type : type_basic[T_INVALID];
  switch (o->kind) {
    case OBJ_PACKAGE:
      error_expr(e, "use of package %s not in selector", name);
      break;
    case OBJ_CONST: use_const(x, o); break;
    case OBJ_TYPE:
      add_dependency(o);
      if (x->type->kind == T_INVALID) break;
      if (x->type->kind == T_COMPLEX64 || x->type->kind == T_COMPLEX128) {
        error_expr(e, "complex numbers are not supported");
        x->type = type_basic[T_INVALID];
        break;
      }
      x->mode = MODE_TYPE;
      break;
    case OBJ_VAR:
      o->used = true;
      add_dependency(o);
      if (x->type->kind == T_INVALID) break;
      capture(o);
      x->mode = MODE_VARIABLE;
      break;
    case OBJ_FUNC:
      add_dependency(o);
      x->mode = MODE_VALUE;
      break;
    case OBJ_BUILTIN:
      x->mode = MODE_BUILTIN;
      x->builtin = o->builtin;
      break;
    case OBJ_NIL: x->mode = MODE_NIL; break;
    default: break;
  }
}

/* ---- Literals ----------------------------------------------------------- */

static int hex_digit(char c) {
  return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

/* Decodes an escape after its backslash at *s into out; true if it stands for
 * one byte rather than a code point. */
static bool decode_escape(const char **s, uint32_t *out) {
  char c = *(*s)++;
  int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  *out = 0;
  if (digits) {
    while (digits--) *out = *out * 16 + (uint32_t)hex_digit(*(*s)++);
    return c == 'x';
  }
  if (c >= '0' && c <= '7') {
    *out = (uint32_t)(c - '0');
    for (int i = 0; i < 2; i++) *out = *out * 8 + (uint32_t)(*(*s)++ - '0');
    return true;
  }
  static const char names[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
  const char *at = strchr(names, c);
  *out = at ? (uint32_t)values[at - names] : (uint32_t)(unsigned char)c;
  return false;
}

static ConstValue *rune_value(const char *text, size_t len) {
  uint32_t r;
  const char *s = text + 1;
  if (*s == '\\') {
    s++;
    decode_escape(&s, &r);
  } else {
    utf8_decode(s, len - 1, &r);
  }
  return const_int(r);
}

ConstValue *string_literal_value(const char *text, size_t len) {
  char *out = arena_alloc(len + 1), *p = out;
  const char *s = text + 1, *end = text + len - 1;
  if (*text == '`') {
    for (; s < end; s++)
      if (*s != '\r') *p++ = *s;
    return const_string(out, (size_t)(p - out));
  }
  while (s < end) {
    if (*s != '\\') {
      *p++ = *s++;
      continue;
    }
    uint32_t r;
    s++;
    if (decode_escape(&s, &r))
      *p++ = (char)r;
    else
      p += utf8_encode(r, p);
  }
  return const_string(out, (size_t)(p - out));
}

void check_literal(Operand *x, Expr *e) {
  const char *text = e->literal.text;
  size_t len = e->literal.len;
  TypeKind kind = T_UNTYPED_INT;
  x->expr = e;
  if (e->literal.bad) return;
  bool number =
      e->literal.kind != TOKEN_RUNE && e->literal.kind != TOKEN_STRING;
  if (number && len > LITERAL_MAX_LEN) {
    error_expr(e, "excessively long constant: %.10s... (%zu chars)", text, len);
    return;
  }
  switch (e->literal.kind) {
    case TOKEN_INT: x->val = const_int_literal(text, len); break;
    case TOKEN_FLOAT:
      x->val = const_float_literal(text, len);
      kind = T_UNTYPED_FLOAT;
      break;
    case TOKEN_RUNE:
      x->val = rune_value(text, len);
      kind = T_UNTYPED_RUNE;
      break;
    case TOKEN_STRING:
      x->val = string_literal_value(text, len);
      kind = T_UNTYPED_STRING;
      break;
    default: error_expr(e, "complex numbers are not supported"); return;
  }
  if (!x->val) {
    error_expr(e, "malformed constant: %s", text);
    return;
  }
  x->mode = MODE_CONSTANT;
  x->type = type_basic[kind];
  check_overflow(x, e->pos);
  if (x->mode == MODE_CONSTANT && x->val->kind == CONST_UNKNOWN)
    x->mode = MODE_INVALID;
}

/* ---- Unary operators ---------------------------------------------------- */

static void take_address(Operand *x, Expr *e) {
  Expr *inner = unparen(e->unary.x);
  x->expr = inner;
  if (inner->kind != EXPR_COMPOSITE && x->mode != MODE_VARIABLE) {
    error_operand(x, "invalid operation: cannot take address of %s",
                  operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  if (x->mode == MODE_VARIABLE) mark_root(inner, true);
  x->mode = MODE_VALUE;
  x->type = type_new_pointer(x->type);
}

static void receive(Operand *x) {
  Type *u = type_under(x->type);
  if (u->kind != T_CHAN || u->dir == CHAN_SEND) {
    error_operand(x, "invalid operation: cannot receive from %s %s",
                  u->kind == T_CHAN ? "send-only channel" : "non-channel",
                  operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  x->mode = MODE_COMMA_OK;
  x->type = u->elem;
  ck->env.has_call_or_recv = true;
}

static bool unary_defined(Token op, Type *t) {
  if (op == TOKEN_NOT) return type_is_boolean(t);
  return op == TOKEN_XOR ? type_is_integer(t) : type_is_numeric(t);
}

void check_unary(Operand *x, Expr *e) {
  Token op = e->unary.op;
  check_expr(x, e->unary.x);
  if (x->mode == MODE_INVALID) return;
  if (op == TOKEN_AND) {
    take_address(x, e);
    return;
  }
  if (op == TOKEN_ARROW) {
    receive(x);
    return;
  }
  if (op == TOKEN_TILDE) {
    error_expr(
        e, "cannot use ~ outside of interface or type constraint%s",
        type_is_integer(x->type) ? " (use ^ for bitwise complement)" : "");
    x->mode = MODE_INVALID;
    return;
  }
  if (!unary_defined(op, x->type)) {
    error_operand(x, "invalid operation: operator %s not defined on %s",
                  token_string(op), operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  if (x->mode != MODE_CONSTANT) {
    x->mode = MODE_VALUE;
    return;
  }
  if (x->val->kind == CONST_UNKNOWN) return;
  unsigned bits =
      type_is_unsigned(x->type) ? (unsigned)type_size(x->type) * 8 : 0;
  ConstOp cop = op == TOKEN_NOT   ? CONST_NOT
                : op == TOKEN_SUB ? CONST_NEG
                : op == TOKEN_XOR ? CONST_COM
                                  : CONST_ADD;
  ConstValue *v = op == TOKEN_XOR ? const_to_int(x->val) : x->val;
  x->val = v ? const_unary(cop, v, bits) : const_unknown();
  x->expr = e;
  check_overflow(x, e->pos);
}

/* ---- Shifts ------------------------------------------------------------- */

/* Checks the count; false if x is invalid now. */
static bool shift_count(Operand *y) {
  if (y->mode == MODE_CONSTANT) {
    ConstValue *n = const_to_int(y->val);
    if (n && const_sign(n) < 0) {
      error_operand(y, "invalid operation: negative shift count %s",
                    operand_string(y));
      return false;
    }
    if (type_is_untyped(y->type)) {
      if (!type_is_numeric(y->type)) {
        error_operand(y, "invalid operation: shift count %s must be integer",
                      operand_string(y));
        return false;
      }
      check_representable(y, type_basic[T_UINT]);
      return y->mode != MODE_INVALID;
    }
    if (type_is_integer(y->type)) return true;
  } else if (type_is_integer(y->type)) {
    return true;
  } else if (type_is_untyped(y->type)) {
    convert_untyped(y, type_basic[T_UINT]);
    return y->mode != MODE_INVALID;
  }
  error_operand(y, "invalid operation: shift count %s must be integer",
                operand_string(y));
  return false;
}

/* Constants shifted by up to this many bits: enough for the smallest float64.
 */
#define SHIFT_MAX (1023 - 1 + 52)

static void shift_constant(Operand *x, Operand *y, Expr *e, Token op) {
  uint64_t n;
  if (x->val->kind == CONST_UNKNOWN || y->val->kind == CONST_UNKNOWN) {
    x->val = const_unknown();
    if (!type_is_integer(x->type)) x->type = type_basic[T_UNTYPED_INT];
    return;
  }
  if (!const_uint64(y->val, &n) || n > SHIFT_MAX) {
    error_operand(y, "invalid operation: invalid shift count %s",
                  operand_string(y));
    x->mode = MODE_INVALID;
    return;
  }
  if (!type_is_integer(x->type)) x->type = type_basic[T_UNTYPED_INT];
  x->val = const_shift(const_to_int(x->val), const_op(op), n);
  Pos pos = e ? e->pos : start_of(x->expr);
  if (e) x->expr = e;
  check_overflow(x, pos);
}

void check_shift(Operand *x, Operand *y, Expr *e, Token op) {
  bool integral = x->mode == MODE_CONSTANT && const_to_int(x->val);
  if (!type_is_integer(x->type) &&
      !(type_is_untyped(x->type) && type_is_numeric(x->type) && integral)) {
    error_operand(x, "invalid operation: shifted operand %s must be integer",
                  operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  if (!shift_count(y)) {
    x->mode = MODE_INVALID;
    return;
  }
  if (x->mode == MODE_CONSTANT && y->mode == MODE_CONSTANT) {
    shift_constant(x, y, e, op);
    return;
  }
  if (type_is_untyped(y->type)) update_type(y->expr, type_basic[T_UINT]);
  /* An untyped constant on the left gets its type from the context. */
  x->mode = MODE_VALUE;
}

/* ---- x.(T) -------------------------------------------------------------- */

void type_assertion(Expr *e, Operand *x, Type *t, bool type_switch) {
  const char *cause = "";
  if (type_is_interface(t) || !missing_method(t, x->type, false, &cause))
    return;
  if (type_switch)
    error_expr(e,
               "impossible type switch case: %s\n\t%s cannot have dynamic "
               "type %s %s",
               expr_string(e), operand_string(x), TYPE_STR(t), cause);
  else
    error_expr(e,
               "impossible type assertion: %s\n\t%s does not implement %s %s",
               expr_string(e), TYPE_STR(t), TYPE_STR(x->type), cause);
}

void check_type_assert(Operand *x, Expr *e) {
  check_expr(x, e->type_assert.x);
  if (x->mode == MODE_INVALID) return;
  if (!e->type_assert.type) {
    error_expr(e, "invalid syntax tree: use of .(type) outside type switch");
    x->mode = MODE_INVALID;
    return;
  }
  if (!type_is_interface(x->type)) {
    error_operand(x, "invalid operation: %s is not an interface",
                  operand_string(x));
    x->mode = MODE_INVALID;
    return;
  }
  Type *t = check_var_type(e->type_assert.type);
  if (t->kind == T_INVALID) {
    x->mode = MODE_INVALID;
    return;
  }
  type_assertion(e, x, t, false);
  x->mode = MODE_COMMA_OK;
  x->type = t;
}
