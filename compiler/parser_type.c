/*
 * parser_type.c - types, struct fields, interface elements, parameters and
 * type parameters.
 *
 * Where the grammar needs more than one token of lookahead, the parser reads
 * the more general form and decides afterwards: "a [n]T" and "T[n]" both begin
 * as name "[" list "]", and parameters are first read as if each were a type
 * or a name with a type, see parse_params.
 */
#include "diag.h"
#include "parser_internal.h"

/* Parses an expression inside brackets, where T{ is a composite literal. */
static Expr *parse_bracketed_expr(Parser *p) {
  p->bracket_depth++;
  Expr *x = parse_expr(p);
  p->bracket_depth--;
  return x;
}

/* ---- Names of types ---- */

/* TypeArgs = "[" TypeList [ "," ] "]" ; the "[" is the current token. */
static Expr *parse_type_args(Parser *p, Expr *generic) {
  Expr *x = expr_new(EXPR_INDEX, generic->pos);
  x->index.x = generic;
  parser_want(p, TOKEN_LBRACK);
  if (token(p) == TOKEN_RBRACK) {
    syntax_error(p, "expected type argument list");
    list_push(&x->index.index, bad_expr(here(p)));
    parser_next(p);
    return x;
  }
  p->bracket_depth++;
  do
    list_push(&x->index.index, parse_type(p));
  while (parser_got(p, TOKEN_COMMA) && token(p) != TOKEN_RBRACK);
  p->bracket_depth--;
  parser_want(p, TOKEN_RBRACK);
  return x;
}

/*
 * TypeName = identifier | identifier "." identifier , with type arguments.
 * The first identifier may have been read already.
 */
static Expr *parse_type_name(Parser *p, Expr *name) {
  Expr *x = name != NULL ? name : parse_name(p);
  if (token(p) == TOKEN_DOT) {
    Expr *selector = expr_new(EXPR_SELECTOR, x->pos);
    parser_next(p);
    selector->selector.x = x;
    selector->selector.sel = parse_name(p);
    x = selector;
  }
  return token(p) == TOKEN_LBRACK ? parse_type_args(p, x) : x;
}

/* ---- Arrays, channels ---- */

/* ArrayType = "[" ArrayLength "]" ElementType . */
Expr *parse_array_type(Parser *p, Pos pos, Expr *len) {
  Expr *x = expr_new(EXPR_ARRAY_TYPE, pos);
  if (len == NULL && token(p) == TOKEN_ELLIPSIS) {
    len = expr_new(EXPR_ELLIPSIS, here(p));
    parser_next(p);
  }
  x->array.len = len != NULL ? len : parse_bracketed_expr(p);
  if (token(p) == TOKEN_COMMA) {
    syntax_error(p, "unexpected comma; expected ]");
    parser_next(p);
  }
  parser_want(p, TOKEN_RBRACK);
  x->array.elem = parse_type(p);
  return x;
}

static Expr *parse_slice_type(Parser *p, Pos pos) {
  Expr *x = expr_new(EXPR_SLICE_TYPE, pos);
  x->array.elem = parse_type(p);
  return x;
}

/* ChannelType = ( "chan" [ "<-" ] | "<-" "chan" ) ElementType . */
static Expr *parse_chan_type(Parser *p) {
  Expr *x = expr_new(EXPR_CHAN_TYPE, here(p));
  if (parser_got(p, TOKEN_ARROW)) {
    parser_want(p, TOKEN_CHAN);
    x->chan.dir = DIR_RECV;
  } else {
    parser_want(p, TOKEN_CHAN);
    x->chan.dir = parser_got(p, TOKEN_ARROW) ? DIR_SEND : DIR_BOTH;
  }
  x->chan.elem = parse_type_opt(p);
  if (x->chan.elem == NULL) {
    syntax_error(p, "missing channel element type");
    x->chan.elem = bad_expr(here(p));
  }
  return x;
}

/* MapType = "map" "[" KeyType "]" ElementType . */
static Expr *parse_map_type(Parser *p) {
  Expr *x = expr_new(EXPR_MAP_TYPE, here(p));
  parser_next(p);
  parser_want(p, TOKEN_LBRACK);
  x->map.key = parse_type(p);
  parser_want(p, TOKEN_RBRACK);
  x->map.value = parse_type(p);
  return x;
}

/*
 * What follows a name in a declaration and begins with "[": the array or slice
 * type of that name ("[n]T", "[]T"), or type arguments for it, which give an
 * EXPR_INDEX over the name.
 */
static Expr *parse_array_or_type_args(Parser *p, Expr *name) {
  Pos pos = here(p);
  parser_want(p, TOKEN_LBRACK);
  if (parser_got(p, TOKEN_RBRACK))
    return parse_slice_type(p, pos);
  if (token(p) == TOKEN_ELLIPSIS)
    return parse_array_type(p, pos, NULL);

  ExprList args = {0};
  p->bracket_depth++;
  if (parser_list_begins(p, TOKEN_RBRACK))
    do
      list_push(&args, parse_expr(p));
    while (parser_list_more(p, "type argument list", TOKEN_COMMA, TOKEN_RBRACK));
  p->bracket_depth--;
  parser_list_end(p, TOKEN_RBRACK);
  if (args.len == 1) {
    Expr *elem = parse_type_opt(p);
    if (elem != NULL) {
      Expr *x = expr_new(EXPR_ARRAY_TYPE, pos);
      x->array.len = args.at[0];
      x->array.elem = elem;
      return x;
    }
  }
  Expr *x = expr_new(EXPR_INDEX, name->pos);
  x->index.x = name;
  x->index.index = args;
  if (args.len == 0)
    list_push(&x->index.index, bad_expr(pos));
  return x;
}

/* ---- Structs ---- */

static Field *field_new(Pos pos, Expr *name, Expr *type) {
  Field *field = arena_new(Field);
  field->pos = pos;
  field->name = name;
  field->type = type;
  return field;
}

/* Tag = string_lit , optional. */
static Expr *parse_tag_opt(Parser *p) {
  if (token(p) < TOKEN_INT || token(p) > TOKEN_STRING)
    return NULL;
  Expr *x = expr_new(EXPR_LITERAL, here(p));
  x->literal.kind = token(p);
  x->literal.text = p->lexer.text;
  x->literal.len = p->lexer.len;
  x->literal.bad = p->lexer.bad;
  if (token(p) != TOKEN_STRING) {
    syntax_error(p, "struct field tag must be a string");
    x->literal.bad = true;
  }
  parser_next(p);
  return x;
}

static void add_embedded(Parser *p, FieldList *fields, Expr *type) {
  Field *field = field_new(type->pos, NULL, type);
  field->embedded = true;
  field->tag = parse_tag_opt(p);
  list_push(fields, field);
}

/* IdentifierList Type [ Tag ] , or EmbeddedField; a name comes first. */
static void parse_named_field(Parser *p, FieldList *fields) {
  Expr *first = parse_name(p);
  if (token(p) == TOKEN_DOT || token(p) == TOKEN_STRING || token(p) == TOKEN_SEMI ||
      token(p) == TOKEN_RBRACE) {
    add_embedded(p, fields, parse_type_name(p, first));
    return;
  }
  ExprList names = {0};
  list_push(&names, first);
  while (parser_got(p, TOKEN_COMMA))
    list_push(&names, parse_name(p));
  Expr *type;
  if (names.len == 1 && token(p) == TOKEN_LBRACK) {
    type = parse_array_or_type_args(p, first);
    if (type->kind == EXPR_INDEX) {
      add_embedded(p, fields, type);
      return;
    }
  } else {
    type = parse_type(p);
  }
  Expr *tag = parse_tag_opt(p);
  for (int i = 0; i < names.len; i++) {
    Field *field = field_new(names.at[i]->pos, names.at[i], type);
    field->tag = tag;
    list_push(fields, field);
  }
}

/* "(" embedded type ")" is an error, but we know what is meant. */
static Expr *parse_embedded(Parser *p) {
  Pos pos = here(p);
  Expr *type;
  if (parser_got(p, TOKEN_MUL)) {
    type = expr_new(EXPR_STAR, pos);
    if (token(p) == TOKEN_LPAREN) {
      syntax_error(p, "cannot parenthesize embedded type");
      parser_next(p);
      type->star.x = parse_type_name(p, NULL);
      parser_got(p, TOKEN_RPAREN);
    } else {
      type->star.x = parse_type_name(p, NULL);
    }
    return type;
  }
  syntax_error(p, "cannot parenthesize embedded type");
  parser_next(p);
  if (parser_got(p, TOKEN_MUL)) {
    type = expr_new(EXPR_STAR, pos);
    type->star.x = parse_type_name(p, NULL);
  } else {
    type = parse_type_name(p, NULL);
  }
  parser_got(p, TOKEN_RPAREN);
  return type;
}

/* StructType = "struct" "{" { FieldDecl ";" } "}" . */
static Expr *parse_struct_type(Parser *p) {
  Expr *x = expr_new(EXPR_STRUCT_TYPE, here(p));
  FieldList *fields = &x->struct_type.fields;
  parser_next(p);
  parser_want(p, TOKEN_LBRACE);
  if (parser_list_begins(p, TOKEN_RBRACE))
    do {
      if (token(p) == TOKEN_IDENT) {
        parse_named_field(p, fields);
      } else if (token(p) == TOKEN_MUL || token(p) == TOKEN_LPAREN) {
        add_embedded(p, fields, parse_embedded(p));
      } else {
        syntax_error(p, "expected field name or embedded type");
        ADVANCE(p, TOKEN_SEMI, TOKEN_RBRACE);
      }
    } while (parser_list_more(p, "struct type", TOKEN_SEMI, TOKEN_RBRACE));
  parser_list_end(p, TOKEN_RBRACE);
  return x;
}

/* ---- Interfaces and constraints ---- */

/* TypeTerm = [ "~" ] Type . */
static Expr *parse_type_term(Parser *p) {
  Pos pos = here(p);
  if (parser_got(p, TOKEN_TILDE)) {
    Expr *x = expr_new(EXPR_UNARY, pos);
    x->unary.op = TOKEN_TILDE;
    x->unary.x = parse_type(p);
    return x;
  }
  Expr *type = parse_type_opt(p);
  if (type == NULL) {
    syntax_error(p, "expected ~ term or type");
    ADVANCE(p, TOKEN_OR, TOKEN_SEMI, TOKEN_RPAREN, TOKEN_RBRACK, TOKEN_RBRACE);
    type = bad_expr(pos);
  }
  return type;
}

/* TypeElem = TypeTerm { "|" TypeTerm } ; the first term may be read already. */
static Expr *parse_type_elem(Parser *p, Expr *x) {
  int saved = parser_enter(p);
  if (x == NULL)
    x = parse_type_term(p);
  while (token(p) == TOKEN_OR) {
    Expr *both = expr_new(EXPR_BINARY, here(p));
    parser_next(p);
    both->binary.op = TOKEN_OR;
    both->binary.x = x;
    both->binary.y = parse_type_term(p);
    x = both;
    parser_grow(p);
  }
  parser_leave(p, saved);
  return x;
}

/*
 * What begins as name "[" in an interface: the embedded type T[A, B], or a
 * method with type parameters, m[P any](), which does not exist and is
 * reported.
 */
static Field *parse_generic_elem(Parser *p, Expr *name) {
  Pos bracket = here(p);
  Expr *type = expr_new(EXPR_INDEX, name->pos);
  type->index.x = name;
  parser_next(p);
  Expr *first = parse_type(p);
  bool method = token(p) != TOKEN_COMMA && token(p) != TOKEN_RBRACK;
  if (method) {
    FieldList ignored = {0};
    bool is_name = first->kind == EXPR_IDENT;
    parse_params(p, &ignored, is_name ? first : NULL, NULL, TOKEN_RBRACK, true);
  } else {
    list_push(&type->index.index, first);
    while (parser_got(p, TOKEN_COMMA) && token(p) != TOKEN_RBRACK)
      list_push(&type->index.index, parse_type(p));
    parser_want(p, TOKEN_RBRACK);
  }
  if (!method && token(p) != TOKEN_LPAREN)
    return field_new(name->pos, NULL, parse_type_elem(p, type));
  diag_error(bracket, "interface method must have no type parameters");
  return field_new(name->pos, name, parse_signature(p, name->pos, "interface method"));
}

/* MethodElem = MethodName Signature , or a TypeElem that begins with a name. */
static Field *parse_method_or_elem(Parser *p) {
  Expr *name = parse_name(p);
  if (token(p) == TOKEN_LPAREN)
    return field_new(name->pos, name, parse_signature(p, name->pos, "interface method"));
  if (token(p) == TOKEN_LBRACK)
    return parse_generic_elem(p, name);
  return field_new(name->pos, NULL, parse_type_elem(p, parse_type_name(p, name)));
}

/* InterfaceType = "interface" "{" { ( MethodElem | TypeElem ) ";" } "}" . */
static Expr *parse_interface_type(Parser *p) {
  Expr *x = expr_new(EXPR_INTERFACE_TYPE, here(p));
  FieldList *elems = &x->interface_type.elems;
  parser_next(p);
  parser_want(p, TOKEN_LBRACE);
  if (parser_list_begins(p, TOKEN_RBRACE))
    do {
      Pos pos = here(p);
      if (token(p) == TOKEN_IDENT) {
        list_push(elems, parse_method_or_elem(p));
      } else {
        list_push(elems, field_new(pos, NULL, parse_type_elem(p, NULL)));
      }
    } while (parser_list_more(p, "interface type", TOKEN_SEMI, TOKEN_RBRACE));
  parser_list_end(p, TOKEN_RBRACE);
  return x;
}

/* ---- Types ---- */

/* Type = TypeName | TypeLit | "(" Type ")" , or NULL. */
Expr *parse_type_opt(Parser *p) {
  int saved = parser_enter(p);
  Pos pos = here(p);
  Expr *x = NULL;
  switch (token(p)) {
  case TOKEN_MUL:
    parser_next(p);
    x = expr_new(EXPR_STAR, pos);
    x->star.x = parse_type(p);
    break;
  case TOKEN_ARROW:
  case TOKEN_CHAN:
    x = parse_chan_type(p);
    break;
  case TOKEN_FUNC:
    parser_next(p);
    x = parse_signature(p, pos, "function type");
    break;
  case TOKEN_LBRACK:
    parser_next(p);
    x = parser_got(p, TOKEN_RBRACK) ? parse_slice_type(p, pos) : parse_array_type(p, pos, NULL);
    break;
  case TOKEN_MAP:
    x = parse_map_type(p);
    break;
  case TOKEN_STRUCT:
    x = parse_struct_type(p);
    break;
  case TOKEN_INTERFACE:
    x = parse_interface_type(p);
    break;
  case TOKEN_IDENT:
    x = parse_type_name(p, NULL);
    break;
  case TOKEN_LPAREN:
    parser_next(p);
    x = expr_new(EXPR_PAREN, pos);
    x->paren.x = parse_type(p);
    parser_want(p, TOKEN_RPAREN);
    break;
  default:
    break;
  }
  parser_leave(p, saved);
  return x;
}

Expr *parse_type(Parser *p) {
  Expr *x = parse_type_opt(p);
  if (x == NULL) {
    x = bad_expr(here(p));
    syntax_error(p, "expected type");
    ADVANCE(p, TOKEN_COMMA, TOKEN_COLON, TOKEN_SEMI, TOKEN_RPAREN, TOKEN_RBRACK, TOKEN_RBRACE);
  }
  return x;
}

/* ---- Parameters ---- */

/* "..." Type ; the "..." is the current token. */
static Expr *parse_dots_type(Parser *p) {
  Expr *x = expr_new(EXPR_ELLIPSIS, here(p));
  parser_next(p);
  x->ellipsis.elem = parse_type_opt(p);
  if (x->ellipsis.elem == NULL) {
    syntax_error(p, "... is missing type");
    x->ellipsis.elem = bad_expr(here(p));
  }
  return x;
}

/* What follows a name in a type parameter list: nothing or a constraint. */
static bool begins_constraint(Token token) {
  return token != TOKEN_COMMA && token != TOKEN_RBRACK && token != TOKEN_EOF &&
         token != TOKEN_RPAREN;
}

/*
 * One entry of a parameter list: name and type, or one of them. A lone name
 * is returned as name; parse_params finds out what it is.
 */
static Field *parse_param(Parser *p, Expr *name, Expr *type, Token close) {
  bool constraints = close == TOKEN_RBRACK;
  Field *field = field_new(name != NULL ? name->pos : here(p), name, type);
  if (type != NULL) {
    if (constraints && token(p) == TOKEN_OR)
      field->type = parse_type_elem(p, type);
    return field;
  }
  if (name == NULL && token(p) == TOKEN_IDENT)
    name = parse_name(p);
  if (name == NULL) {
    if (token(p) == TOKEN_ELLIPSIS)
      field->type = parse_dots_type(p);
    else if (token(p) == TOKEN_TILDE && constraints)
      field->type = parse_type_elem(p, NULL);
    else
      field->type = parse_type_opt(p);
    if (constraints && token(p) == TOKEN_OR && field->type != NULL)
      field->type = parse_type_elem(p, field->type);
    if (field->type == NULL) {
      syntax_error(p, "expected %s", token_string(close));
      ADVANCE(p, TOKEN_COMMA, close);
      field->type = bad_expr(field->pos);
    }
    return field;
  }

  field->name = name;
  if (token(p) == TOKEN_LBRACK) {
    field->type = parse_array_or_type_args(p, name);
    if (field->type->kind == EXPR_INDEX)
      field->name = NULL;
  } else if (token(p) == TOKEN_DOT) {
    field->type = parse_type_name(p, name);
    field->name = NULL;
  } else if (token(p) == TOKEN_ELLIPSIS) {
    field->type = parse_dots_type(p);
  } else if (constraints && token(p) == TOKEN_OR) {
    field->type = name;
    field->name = NULL;
  } else if (constraints) {
    field->type = begins_constraint(token(p)) ? parse_type_elem(p, NULL) : NULL;
  } else {
    field->type = parse_type_opt(p);
  }
  if (constraints && token(p) == TOKEN_OR && field->type != NULL)
    field->type = parse_type_elem(p, field->type);
  return field;
}

/*
 * Decides, once a list with both forms in it is complete, what lone names are:
 * names that share the type to their right. Reports entries for which this
 * leaves no name or no type.
 */
static void complete_named_params(Parser *p, FieldList *list, Pos end, bool names_required) {
  Pos error = NO_POS;
  bool lacks_name = false;
  Expr *type = NULL;
  for (int i = list->len - 1; i >= 0; i--) {
    Field *field = list->at[i];
    if (field->type != NULL) {
      type = field->type;
      if (field->name == NULL) {
        error = expr_start(type);
        field->name = name_at(error, "_");
        lacks_name = true;
      }
    } else if (type != NULL) {
      field->type = type;
    } else {
      error = field->name->pos;
      field->type = bad_expr(error);
    }
  }
  if (error == NO_POS)
    return;
  if (!names_required)
    syntax_error_at(p, error, "mixed named and unnamed parameters");
  else if (!lacks_name)
    syntax_error_at(p, end, "missing type constraint");
  else
    syntax_error_at(p, error, "missing type parameter name%s",
                    list->len == 1 ? " or invalid array length" : "");
}

/* Parameters = "(" [ ParameterList [ "," ] ] ")" , and TypeParameters. */
void parse_params(Parser *p, FieldList *list, Expr *first, Expr *first_type, Token close,
                  bool names_required) {
  const char *context = names_required ? "type parameter list" : "parameter list";
  p->bracket_depth++;
  bool more = first != NULL || parser_list_begins(p, close);
  while (more) {
    list_push(list, parse_param(p, first, first_type, close));
    first = first_type = NULL;
    more = parser_list_more(p, context, TOKEN_COMMA, close);
  }
  Pos end = parser_list_end(p, close);
  p->bracket_depth--;

  int with_both = 0;
  for (int i = 0; i < list->len; i++)
    with_both += list->at[i]->name != NULL && list->at[i]->type != NULL;
  if (with_both == 0 && !names_required) {
    /* All are types: func(int, string). */
    for (int i = 0; i < list->len; i++) {
      Field *field = list->at[i];
      if (field->type == NULL) {
        field->type = field->name;
        field->name = NULL;
      }
    }
  } else if (with_both != list->len) {
    complete_named_params(p, list, end, names_required);
  }
}

/* Result = Parameters | Type , optional. */
static void parse_results(Parser *p, FieldList *results) {
  if (parser_got(p, TOKEN_LPAREN)) {
    parse_params(p, results, NULL, NULL, TOKEN_RPAREN, false);
    return;
  }
  Expr *type = parse_type_opt(p);
  if (type != NULL)
    list_push(results, field_new(type->pos, NULL, type));
}

/* Signature = [ TypeParameters ] Parameters [ Result ] . */
Expr *parse_signature(Parser *p, Pos pos, const char *what) {
  Expr *x = expr_new(EXPR_FUNC_TYPE, pos);
  Pos bracket = here(p);
  if (parser_got(p, TOKEN_LBRACK)) {
    if (what != NULL)
      syntax_error_at(p, bracket, "%s must have no type parameters", what);
    if (token(p) == TOKEN_RBRACK) {
      syntax_error(p, "empty type parameter list");
      parser_next(p);
    } else {
      parse_params(p, &x->func_type.type_params, NULL, NULL, TOKEN_RBRACK, true);
    }
  }
  parser_want(p, TOKEN_LPAREN);
  parse_params(p, &x->func_type.params, NULL, NULL, TOKEN_RPAREN, false);
  parse_results(p, &x->func_type.results);
  return x;
}
