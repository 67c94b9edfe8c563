/*
 * parser_decl.c - declarations: import, const, type, var, func.
 */
#include "diag.h"
#include "parser_internal.h"

/* ---- Groups ---- */

/* State of a const group: iota, and the last spec that had values. */
typedef struct {
  int64_t iota;
  Decl *with_values;
} ConstGroup;

/* IdentifierList = identifier { "," identifier } . */
static void parse_name_list(Parser *p, ExprList *names) {
  do
    list_push(names, parse_name(p));
  while (parser_got(p, TOKEN_COMMA));
}

/* ImportSpec = [ "." | PackageName ] ImportPath . */
static Decl *parse_import_spec(Parser *p) {
  Decl *decl = decl_new(DECL_IMPORT, here(p), p->file);
  if (token(p) == TOKEN_IDENT) {
    decl->import.name = parse_name(p);
  } else if (token(p) == TOKEN_DOT) {
    decl->import.name = name_at(here(p), ".");
    parser_next(p);
  }
  if (token(p) < TOKEN_INT || token(p) > TOKEN_STRING) {
    syntax_error(p, "missing import path");
    ADVANCE(p, TOKEN_SEMI, TOKEN_RPAREN);
    return NULL;
  }
  Expr *path = expr_new(EXPR_LITERAL, here(p));
  path->literal.kind = token(p);
  path->literal.text = p->lexer.text;
  path->literal.len = p->lexer.len;
  path->literal.bad = p->lexer.bad;
  if (token(p) != TOKEN_STRING) {
    syntax_error(p, "import path must be a string");
    path->literal.bad = true;
  }
  parser_next(p);
  decl->import.path = path;
  return decl;
}

/* ConstSpec = IdentifierList [ [ Type ] "=" ExpressionList ] . */
static Decl *parse_const_spec(Parser *p, ConstGroup *group) {
  Decl *decl = decl_new(DECL_CONST, here(p), p->file);
  parse_name_list(p, &decl->constant.names);
  if (token(p) != TOKEN_EOF && token(p) != TOKEN_SEMI && token(p) != TOKEN_RPAREN) {
    decl->constant.type = parse_type_opt(p);
    if (parser_got_assign(p))
      parse_expr_list(p, &decl->constant.values);
  }
  decl->constant.iota = group->iota++;
  if (decl->constant.values.len > 0 || decl->constant.type != NULL)
    group->with_values = decl;
  else
    decl->constant.inherit = group->with_values;
  return decl;
}

/* VarSpec = IdentifierList ( Type [ "=" ExpressionList ] | "=" ExpressionList ) . */
static Decl *parse_var_spec(Parser *p) {
  Decl *decl = decl_new(DECL_VAR, here(p), p->file);
  parse_name_list(p, &decl->var.names);
  if (parser_got_assign(p)) {
    parse_expr_list(p, &decl->var.values);
    return decl;
  }
  decl->var.type = parse_type(p);
  if (parser_got_assign(p))
    parse_expr_list(p, &decl->var.values);
  return decl;
}

/* ---- Types ---- */

/* Reports whether an expression can only be meant as a type or constraint. */
static bool is_type_elem(const Expr *x) {
  switch (x->kind) {
  case EXPR_ARRAY_TYPE:
  case EXPR_SLICE_TYPE:
  case EXPR_STRUCT_TYPE:
  case EXPR_FUNC_TYPE:
  case EXPR_INTERFACE_TYPE:
  case EXPR_MAP_TYPE:
  case EXPR_CHAN_TYPE:
    return true;
  case EXPR_BINARY:
    return is_type_elem(x->binary.x) || is_type_elem(x->binary.y);
  case EXPR_UNARY:
    return x->unary.op == TOKEN_TILDE || is_type_elem(x->unary.x);
  case EXPR_STAR:
    return is_type_elem(x->star.x);
  case EXPR_PAREN:
    return is_type_elem(x->paren.x);
  default:
    return false;
  }
}

/*
 * In "type T[" x, splits x into the name and the constraint of a first type
 * parameter, for x of the form P *C, P (C) or P *C|Q. A form that could be an
 * array length too counts only if `force` is set. Returns NULL if x is none.
 */
static Expr *split_type_param(Expr *x, bool force, Expr **constraint) {
  *constraint = NULL;
  if (x->kind == EXPR_IDENT)
    return x;
  if (x->kind == EXPR_BINARY && x->binary.op == TOKEN_MUL) {
    if (x->binary.x->kind != EXPR_IDENT || (!force && !is_type_elem(x->binary.y)))
      return NULL;
    *constraint = expr_new(EXPR_STAR, x->pos);
    (*constraint)->star.x = x->binary.y;
    return x->binary.x;
  }
  if (x->kind == EXPR_BINARY && x->binary.op == TOKEN_OR) {
    Expr *left;
    Expr *name = split_type_param(x->binary.x, force || is_type_elem(x->binary.y), &left);
    if (name == NULL || left == NULL)
      return NULL;
    Expr *both = expr_new(EXPR_BINARY, x->pos);
    both->binary.op = TOKEN_OR;
    both->binary.x = left;
    both->binary.y = x->binary.y;
    *constraint = both;
    return name;
  }
  if (x->kind == EXPR_CALL && x->call.fun->kind == EXPR_IDENT && x->call.args.len == 1 &&
      !x->call.dots && (force || is_type_elem(x->call.args.at[0]))) {
    *constraint = x->call.args.at[0];
    return x->call.fun;
  }
  return NULL;
}

/*
 * What follows "type T [" name: "type T[P any]..." has type parameters, "type
 * T [n]int" is an array. A lone name before "]" is an array length.
 */
static void parse_generic_or_array(Parser *p, Decl *decl, Pos bracket) {
  Expr *x = parse_name(p);
  if (token(p) != TOKEN_LBRACK) {
    p->bracket_depth++;
    x = parse_binary_from(p, parse_primary(p, x), 0);
    p->bracket_depth--;
  }
  Expr *constraint;
  Expr *name = split_type_param(x, token(p) == TOKEN_COMMA, &constraint);
  if (name == NULL || (constraint == NULL && token(p) == TOKEN_RBRACK)) {
    decl->type.type = parse_array_type(p, bracket, x);
    return;
  }
  parse_params(p, &decl->type.type_params, name, constraint, TOKEN_RBRACK, true);
  decl->type.alias = parser_got_assign(p);
  decl->type.type = parse_type_opt(p);
}

/* TypeSpec = identifier [ TypeParameters ] [ "=" ] Type . */
static Decl *parse_type_spec(Parser *p) {
  Decl *decl = decl_new(DECL_TYPE, here(p), p->file);
  decl->type.name = parse_name(p);
  Pos pos = here(p);
  if (parser_got(p, TOKEN_LBRACK)) {
    if (token(p) == TOKEN_IDENT) {
      parse_generic_or_array(p, decl, pos);
    } else if (parser_got(p, TOKEN_RBRACK)) {
      decl->type.type = expr_new(EXPR_SLICE_TYPE, pos);
      decl->type.type->array.elem = parse_type(p);
    } else {
      decl->type.type = parse_array_type(p, pos, NULL);
    }
  } else {
    decl->type.alias = parser_got_assign(p);
    decl->type.type = parse_type_opt(p);
  }
  if (decl->type.type == NULL) {
    syntax_error(p, "in type declaration");
    ADVANCE(p, TOKEN_SEMI, TOKEN_RPAREN);
    decl->type.type = bad_expr(here(p));
  }
  return decl;
}

/* ---- Declarations ---- */

static Decl *parse_spec(Parser *p, Token keyword, ConstGroup *constants) {
  switch (keyword) {
  case TOKEN_IMPORT: return parse_import_spec(p);
  case TOKEN_CONST: return parse_const_spec(p, constants);
  case TOKEN_TYPE: return parse_type_spec(p);
  default: return parse_var_spec(p);
  }
}

/* Declaration = keyword ( Spec | "(" { Spec ";" } ")" ) . */
void parse_declaration(Parser *p, DeclList *list) {
  Token keyword = token(p);
  Pos pos = here(p);
  ConstGroup constants = {0};
  parser_next(p);
  if (token(p) != TOKEN_LPAREN) {
    Decl *decl = parse_spec(p, keyword, &constants);
    if (decl != NULL)
      list_push(list, decl);
    return;
  }
  parser_next(p);
  DeclGroup *group = arena_new(DeclGroup);
  group->pos = pos;
  if (parser_list_begins(p, TOKEN_RPAREN))
    do {
      Decl *decl = parse_spec(p, keyword, &constants);
      if (decl != NULL) {
        decl->group = group;
        list_push(list, decl);
      }
    } while (parser_list_more(p, "grouped declaration", TOKEN_SEMI, TOKEN_RPAREN));
  parser_list_end(p, TOKEN_RPAREN);
}

/* Receiver = Parameters , with exactly one. */
static Field *parse_receiver(Parser *p) {
  FieldList list = {0};
  parser_next(p);
  parse_params(p, &list, NULL, NULL, TOKEN_RPAREN, false);
  if (list.len == 0) {
    diag_error(here(p), "method has no receiver");
    return NULL;
  }
  if (list.len > 1)
    diag_error(here(p), "method has multiple receivers");
  return list.at[0];
}

/* FunctionDecl = "func" [ Receiver ] identifier Signature [ Block ] . */
Decl *parse_func_decl(Parser *p) {
  parser_next(p);
  Decl *decl = decl_new(DECL_FUNC, here(p), p->file);
  decl->func.pragmas.at = p->lexer.pragmas.at;
  decl->func.pragmas.len = p->lexer.pragmas.len;
  p->lexer.pragmas = (typeof(p->lexer.pragmas)){0};

  bool method = token(p) == TOKEN_LPAREN;
  if (method)
    decl->func.recv = parse_receiver(p);
  decl->pos = here(p);
  if (token(p) == TOKEN_IDENT) {
    decl->func.name = parse_name(p);
    decl->func.type = parse_signature(p, decl->func.name->pos, method ? "method" : NULL);
  } else {
    decl->func.name = name_at(here(p), "_");
    decl->func.type = expr_new(EXPR_FUNC_TYPE, here(p));
    syntax_error(p, method ? "expected name" : "expected name or (");
    ADVANCE(p, TOKEN_LBRACE, TOKEN_SEMI);
  }
  if (token(p) == TOKEN_LBRACE)
    decl->func.body = parse_func_body(p);
  return decl;
}
