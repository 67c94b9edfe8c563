/*
 * ast_string.c - expressions as source text, for messages.
 *
 * The form is gc's short one: spaces around binary operators, bodies and
 * elements as an ellipsis. Deep inside a large expression the rest becomes an
 * ellipsis, too: nobody reads it.
 */
#include <string.h>

#include "ast.h"

/* Longest text made; what is cut is marked. */
#define STRING_LIMIT 2000

typedef struct {
  LIST_OF(char) text;
} Printer;

static void put_expr(Printer *out, const Expr *x);

static void put(Printer *out, const char *text) {
  if (out->text.len > STRING_LIMIT)
    return;
  for (; *text != 0; text++)
    list_push(&out->text, *text);
}

static void put_expr_list(Printer *out, const ExprList *list) {
  for (int i = 0; i < list->len; i++) {
    put(out, i > 0 ? ", " : "");
    put_expr(out, list->at[i]);
  }
}

/* Parameters; those that share a type are grouped: "a, b int". */
static void put_params(Printer *out, const FieldList *list) {
  put(out, "(");
  for (int i = 0; i < list->len; i++) {
    const Field *field = list->at[i];
    put(out, i > 0 ? ", " : "");
    if (field->name != NULL)
      put(out, field->name->ident.name);
    if (i + 1 < list->len && field->name != NULL && list->at[i + 1]->type == field->type)
      continue;
    put(out, field->name != NULL ? " " : "");
    put_expr(out, field->type);
  }
  put(out, ")");
}

static void put_signature(Printer *out, const Expr *type) {
  put_params(out, &type->func_type.params);
  const FieldList *results = &type->func_type.results;
  if (results->len == 0)
    return;
  put(out, " ");
  if (results->len == 1 && results->at[0]->name == NULL)
    put_expr(out, results->at[0]->type);
  else
    put_params(out, results);
}

static void put_type(Printer *out, const Expr *x) {
  switch (x->kind) {
  case EXPR_ELLIPSIS:
    put(out, "...");
    if (x->ellipsis.elem != NULL)
      put_expr(out, x->ellipsis.elem);
    break;
  case EXPR_ARRAY_TYPE:
  case EXPR_SLICE_TYPE:
    put(out, "[");
    if (x->array.len != NULL)
      put_expr(out, x->array.len);
    put(out, "]");
    put_expr(out, x->array.elem);
    break;
  case EXPR_STRUCT_TYPE:
    put(out, x->struct_type.fields.len > 0 ? "struct{…}" : "struct{}");
    break;
  case EXPR_INTERFACE_TYPE:
    put(out, x->interface_type.elems.len > 0 ? "interface{…}" : "interface{}");
    break;
  case EXPR_FUNC_TYPE:
    put(out, "func");
    put_signature(out, x);
    break;
  case EXPR_MAP_TYPE:
    put(out, "map[");
    put_expr(out, x->map.key);
    put(out, "]");
    put_expr(out, x->map.value);
    break;
  case EXPR_CHAN_TYPE:
    put(out, x->chan.dir == DIR_RECV ? "<-chan " : x->chan.dir == DIR_SEND ? "chan<- " : "chan ");
    if (x->chan.elem->kind == EXPR_CHAN_TYPE && x->chan.elem->chan.dir == DIR_RECV &&
        x->chan.dir != DIR_SEND) {
      put(out, "(");
      put_expr(out, x->chan.elem);
      put(out, ")");
    } else {
      put_expr(out, x->chan.elem);
    }
    break;
  default:
    put(out, "BadExpr");
    break;
  }
}

static void put_slice(Printer *out, const Expr *x) {
  put_expr(out, x->slice.x);
  put(out, "[");
  if (x->slice.lo != NULL)
    put_expr(out, x->slice.lo);
  put(out, ":");
  if (x->slice.hi != NULL)
    put_expr(out, x->slice.hi);
  if (x->slice.three) {
    put(out, ":");
    if (x->slice.max != NULL)
      put_expr(out, x->slice.max);
  }
  put(out, "]");
}

static void put_expr(Printer *out, const Expr *x) {
  if (out->text.len > STRING_LIMIT)
    return;
  switch (x->kind) {
  case EXPR_IDENT:
    put(out, x->ident.name);
    break;
  case EXPR_LITERAL:
    put(out, x->literal.text);
    break;
  case EXPR_FUNC_LIT:
    put_expr(out, x->func_lit.type);
    put(out, x->func_lit.body->block.stmts.len > 0 ? " {…}" : " {}");
    break;
  case EXPR_COMPOSITE:
    if (x->composite.type != NULL)
      put_expr(out, x->composite.type);
    put(out, x->composite.elems.len > 0 ? "{…}" : "{}");
    break;
  case EXPR_KEY_VALUE:
    put_expr(out, x->key_value.key);
    put(out, ": ");
    put_expr(out, x->key_value.value);
    break;
  case EXPR_PAREN:
    put(out, "(");
    put_expr(out, x->paren.x);
    put(out, ")");
    break;
  case EXPR_STAR:
    put(out, "*");
    put_expr(out, x->star.x);
    break;
  case EXPR_SELECTOR:
    put_expr(out, x->selector.x);
    put(out, ".");
    put_expr(out, x->selector.sel);
    break;
  case EXPR_INDEX:
    put_expr(out, x->index.x);
    put(out, "[");
    put_expr_list(out, &x->index.index);
    put(out, "]");
    break;
  case EXPR_SLICE:
    put_slice(out, x);
    break;
  case EXPR_TYPE_ASSERT:
    put_expr(out, x->type_assert.x);
    put(out, ".(");
    if (x->type_assert.type != NULL)
      put_expr(out, x->type_assert.type);
    else
      put(out, "type");
    put(out, ")");
    break;
  case EXPR_CALL:
    put_expr(out, x->call.fun);
    put(out, "(");
    put_expr_list(out, &x->call.args);
    put(out, x->call.dots ? "...)" : ")");
    break;
  case EXPR_UNARY:
    put(out, token_string(x->unary.op));
    put_expr(out, x->unary.x);
    break;
  case EXPR_BINARY:
    put_expr(out, x->binary.x);
    put(out, " ");
    put(out, token_string(x->binary.op));
    put(out, " ");
    put_expr(out, x->binary.y);
    break;
  default:
    put_type(out, x);
    break;
  }
}

const char *expr_string(const Expr *x) {
  Printer out = {0};
  put_expr(&out, x);
  bool cut = out.text.len > STRING_LIMIT;
  if (cut)
    out.text.len = STRING_LIMIT;
  const char *text = arena_copy(out.text.len > 0 ? out.text.at : "", (size_t)out.text.len);
  return cut ? arena_printf("%s…", text) : text;
}
