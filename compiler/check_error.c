/* check_error.c - the checker's messages: positions, operands in words. */
#include <string.h>

#include "check_internal.h"

/* Reports unless it only follows from an error that was reported before: those
 * speak of an invalid operand or type. */
static void report(Pos pos, const char *format, va_list args) {
  const char *msg = arena_vprintf(format, args);
  if (ck && ck->errors > 0) {
    const char *operand = strstr(msg, "invalid operand");
    const char *type = strstr(msg, "invalid type");
    if ((operand && operand > msg) || (type && type > msg)) return;
  }
  if (ck) ck->errors++;
  if (ck && ck->env.errpos != NO_POS) pos = ck->env.errpos;
  diag_error(pos, "%s", msg);
}

void error_at(Pos pos, const char *format, ...) {
  va_list args;
  va_start(args, format);
  report(pos, format, args);
  va_end(args);
}

void error_expr(const Expr *x, const char *format, ...) {
  va_list args;
  va_start(args, format);
  report(start_of(x), format, args);
  va_end(args);
}

void error_operand(const Operand *x, const char *format, ...) {
  va_list args;
  va_start(args, format);
  report(x->expr ? start_of(x->expr) : NO_POS, format, args);
  va_end(args);
}

Pos end_of(const Expr *x) {
  switch (x->kind) {
    case EXPR_IDENT: return x->pos + (Pos)strlen(x->ident.name);
    case EXPR_LITERAL: return x->pos + (Pos)x->literal.len;
    case EXPR_SELECTOR: return end_of(x->selector.sel);
    case EXPR_CALL: return x->call.rparen + 1;
    case EXPR_COMPOSITE: return x->composite.rbrace + 1;
    default: return start_of(x);
  }
}

Pos node_pos(const Expr *x) {
  switch (x->kind) {
    case EXPR_CALL: return end_of(x->call.fun);
    case EXPR_SELECTOR: return end_of(x->selector.x);
    case EXPR_INDEX: return end_of(x->index.x);
    case EXPR_FUNC_TYPE: return start_of(x);
    default: return x->pos;
  }
}

Pos start_of(const Expr *x) {
  for (;;) {
    switch (x->kind) {
      case EXPR_COMPOSITE:
        if (!x->composite.type) return x->pos;
        x = x->composite.type;
        break;
      case EXPR_KEY_VALUE: x = x->key_value.key; break;
      case EXPR_SELECTOR: x = x->selector.x; break;
      case EXPR_INDEX: x = x->index.x; break;
      case EXPR_TYPE_ASSERT: x = x->type_assert.x; break;
      case EXPR_BINARY: x = x->binary.x; break;
      case EXPR_CALL: x = x->call.fun; break;
      /* gc stays at the bracket, and at the parameters. */
      case EXPR_SLICE: return end_of(x->slice.x);
      case EXPR_FUNC_TYPE: return x->pos + (Pos)strlen("func");
      default: return x->pos;
    }
  }
}

static const char *const mode_words[] = {
    [MODE_INVALID] = "invalid operand",
    [MODE_NO_VALUE] = "no value",
    [MODE_BUILTIN] = "built-in",
    [MODE_TYPE] = "type",
    [MODE_CONSTANT] = "constant",
    [MODE_VARIABLE] = "variable",
    [MODE_MAP_INDEX] = "map index expression",
    [MODE_VALUE] = "value",
    [MODE_NIL] = "nil",
    [MODE_COMMA_OK] = "comma, ok expression",
    [MODE_PACKAGE] = "package",
};

const char *operand_string(const Operand *x) {
  if (x->mode == MODE_NIL) {
    if (!x->type || x->type->kind == T_INVALID)
      return "nil (with invalid type)";
    if (x->type->kind == T_UNTYPED_NIL) return "nil";
    return arena_printf("nil (of type %s)", TYPE_STR(x->type));
  }
  const char *expr = x->expr ? expr_string(x->expr) : "";
  const char *kind = "", *value = "", *type = "";
  bool has_type = x->type && x->mode != MODE_INVALID &&
                  x->mode != MODE_NO_VALUE && x->mode != MODE_BUILTIN &&
                  x->mode != MODE_TYPE;
  if (has_type && type_is_untyped(x->type))
    kind = arena_printf("%s ", x->type->obj->name);
  else if (has_type)
    type = x->type->kind == T_INVALID
               ? " with invalid type"
               : arena_printf(" of type %s", TYPE_STR(x->type));
  if (x->mode == MODE_CONSTANT) {
    const char *text = const_text(x->val);
    if (strcmp(text, expr) != 0) value = arena_printf(" %s", text);
  }
  return arena_printf("%s%s%s%s%s%s%s", expr, *expr ? " (" : "", kind,
                      mode_words[x->mode], value, type, *expr ? ")" : "");
}

const char *types_summary(Type **types, int n, bool variadic) {
  char *out = "(";
  for (int i = 0; i < n; i++) {
    Type *t = types[i];
    const char *s;
    if (!t || t->kind == T_INVALID)
      s = "unknown type";
    else if (type_is_untyped(t))
      s = type_is_numeric(t) ? "number" : t->obj->name + strlen("untyped ");
    else if (variadic && i == n - 1 && type_under(t)->kind == T_SLICE)
      s = arena_printf("...%s", TYPE_STR(type_under(t)->elem));
    else
      s = TYPE_STR(t);
    out = arena_printf("%s%s%s", out, i ? ", " : "", s);
  }
  return arena_printf("%s)", out);
}
