/*
 * parser_expr.c - expressions.
 *
 * Types are expressions here: conversions, composite literals, new(T) and
 * x.(T) need them anywhere an operand may stand, and only the checker knows
 * which identifier is a type.
 *
 * T{ is ambiguous in the header of if, for and switch, where "{" begins the
 * block: there (bracket_depth < 0) only a type that is no mere name takes the
 * brace as its literal.
 */
#include "diag.h"
#include "parser_internal.h"

static Expr *parse_unary(Parser *p);
static Expr *parse_composite(Parser *p, Expr *type);

/* ---- Binary expressions ---- */

/* Precedence of a binary operator, 1 (lowest) to 5; 0 for other tokens. */
static int precedence_of(Token token) {
  switch (token) {
  case TOKEN_LOR:
    return 1;
  case TOKEN_LAND:
    return 2;
  case TOKEN_EQ:
  case TOKEN_NE:
  case TOKEN_LT:
  case TOKEN_LE:
  case TOKEN_GT:
  case TOKEN_GE:
    return 3;
  case TOKEN_ADD:
  case TOKEN_SUB:
  case TOKEN_OR:
  case TOKEN_XOR:
    return 4;
  case TOKEN_MUL:
  case TOKEN_DIV:
  case TOKEN_REM:
  case TOKEN_AND:
  case TOKEN_AND_NOT:
  case TOKEN_SHL:
  case TOKEN_SHR:
    return 5;
  default:
    return 0;
  }
}

/* Expression = UnaryExpr | Expression binary_op Expression ,
 * with operators above `precedence` only; the first operand is x. */
Expr *parse_binary_from(Parser *p, Expr *x, int precedence) {
  for (int op = precedence_of(token(p)); op > precedence; op = precedence_of(token(p))) {
    Expr *both = expr_new(EXPR_BINARY, here(p));
    both->binary.op = token(p);
    parser_next(p);
    both->binary.x = x;
    both->binary.y = parse_binary_from(p, parse_unary(p), op);
    x = both;
    parser_grow(p);
  }
  return x;
}

/* Expression . */
Expr *parse_expr(Parser *p) {
  int saved = parser_enter(p);
  Expr *x = parse_binary_from(p, parse_unary(p), 0);
  parser_leave(p, saved);
  return x;
}

Expr *parse_expr_from(Parser *p, Expr *operand) {
  int saved = parser_enter(p);
  Expr *x = parse_binary_from(p, parse_primary(p, operand), 0);
  parser_leave(p, saved);
  return x;
}

/* ExpressionList = Expression { "," Expression } . */
void parse_expr_list(Parser *p, ExprList *list) {
  do
    list_push(list, parse_expr(p));
  while (parser_got(p, TOKEN_COMMA));
}

/* ---- Unary expressions ---- */

/*
 * "<-" followed by what turned out to be a channel type is the type of a
 * receive channel: <-chan T, and <-chan<- chan T is <-chan (<-chan T). Moves
 * the arrows accordingly.
 */
static Expr *receive_or_type(Parser *p, Pos pos, Expr *x) {
  if (x->kind != EXPR_CHAN_TYPE) {
    Expr *receive = expr_new(EXPR_UNARY, pos);
    receive->unary.op = TOKEN_ARROW;
    receive->unary.x = x;
    return receive;
  }
  ChanDir dir = DIR_SEND;
  Expr *type = x;
  while (dir == DIR_SEND && type->kind == EXPR_CHAN_TYPE) {
    dir = type->chan.dir;
    if (dir == DIR_RECV)
      syntax_error(p, "unexpected <-, expected chan");
    type->chan.dir = DIR_RECV;
    type = type->chan.elem;
  }
  if (dir == DIR_SEND)
    syntax_error(p, "unexpected %s, expected chan", expr_string(type));
  x->pos = pos;
  return x;
}

/* UnaryExpr = PrimaryExpr | unary_op UnaryExpr . */
static Expr *parse_unary(Parser *p) {
  Pos pos = here(p);
  Token op = token(p);
  int saved;
  Expr *x;
  switch (op) {
  case TOKEN_ADD:
  case TOKEN_SUB:
  case TOKEN_NOT:
  case TOKEN_XOR:
  case TOKEN_TILDE:
  case TOKEN_AND:
    saved = parser_enter(p);
    parser_next(p);
    x = expr_new(EXPR_UNARY, pos);
    x->unary.op = op;
    x->unary.x = parse_unary(p);
    parser_leave(p, saved);
    return x;
  case TOKEN_MUL:
    saved = parser_enter(p);
    parser_next(p);
    x = expr_new(EXPR_STAR, pos);
    x->star.x = parse_unary(p);
    parser_leave(p, saved);
    return x;
  case TOKEN_ARROW:
    saved = parser_enter(p);
    parser_next(p);
    x = receive_or_type(p, pos, parse_unary(p));
    parser_leave(p, saved);
    return x;
  default:
    return parse_primary(p, NULL);
  }
}

/* ---- Operands ---- */

/* int_lit | float_lit | imaginary_lit | rune_lit | string_lit . */
static Expr *parse_literal(Parser *p) {
  Expr *x = expr_new(EXPR_LITERAL, here(p));
  x->literal.kind = token(p);
  x->literal.text = p->lexer.text;
  x->literal.len = p->lexer.len;
  x->literal.bad = p->lexer.bad;
  parser_next(p);
  return x;
}

/* FunctionLit = "func" Signature FunctionBody , or the type alone. */
static Expr *parse_func_type_or_lit(Parser *p) {
  Pos pos = here(p);
  parser_next(p);
  Expr *type = parse_signature(p, pos, "function type");
  if (token(p) != TOKEN_LBRACE)
    return type;
  Expr *x = expr_new(EXPR_FUNC_LIT, pos);
  x->func_lit.type = type;
  x->func_lit.body = parse_func_body(p);
  return x;
}

/* Operand = Literal | identifier | Type | FunctionLit | "(" Expression ")" . */
static Expr *parse_operand(Parser *p) {
  switch (token(p)) {
  case TOKEN_IDENT:
    return parse_name(p);
  case TOKEN_INT:
  case TOKEN_FLOAT:
  case TOKEN_IMAG:
  case TOKEN_RUNE:
  case TOKEN_STRING:
    return parse_literal(p);
  case TOKEN_LPAREN: {
    Expr *x = expr_new(EXPR_PAREN, here(p));
    parser_next(p);
    p->bracket_depth++;
    x->paren.x = parse_expr(p);
    p->bracket_depth--;
    parser_want(p, TOKEN_RPAREN);
    return x;
  }
  case TOKEN_FUNC:
    return parse_func_type_or_lit(p);
  case TOKEN_LBRACK:
  case TOKEN_CHAN:
  case TOKEN_MAP:
  case TOKEN_STRUCT:
  case TOKEN_INTERFACE:
    return parse_type(p);
  default: {
    Expr *x = bad_expr(here(p));
    syntax_error(p, "expected expression");
    ADVANCE(p, TOKEN_RPAREN, TOKEN_RBRACK, TOKEN_RBRACE);
    return x;
  }
  }
}

/* ---- Suffixes of primary expressions ---- */

/* Selector = "." identifier ; TypeAssertion = "." "(" ( Type | "type" ) ")" . */
static Expr *parse_selector(Parser *p, Expr *x) {
  parser_next(p);
  if (token(p) == TOKEN_IDENT) {
    Expr *selector = expr_new(EXPR_SELECTOR, x->pos);
    selector->selector.x = x;
    selector->selector.sel = parse_name(p);
    return selector;
  }
  if (!parser_got(p, TOKEN_LPAREN)) {
    syntax_error(p, "expected name or (");
    ADVANCE(p, TOKEN_SEMI, TOKEN_RPAREN);
    return x;
  }
  Expr *assertion = expr_new(EXPR_TYPE_ASSERT, x->pos);
  assertion->type_assert.x = x;
  if (!parser_got(p, TOKEN_TYPE))
    assertion->type_assert.type = parse_type(p);
  parser_want(p, TOKEN_RPAREN);
  return assertion;
}

/* Slice = "[" [ lo ] ":" [ hi ] [ ":" max ] "]" , from the first ":" on. */
static Expr *parse_slice(Parser *p, Expr *x, Expr *lo) {
  Expr *slice = expr_new(EXPR_SLICE, x->pos);
  slice->slice.x = x;
  slice->slice.lo = lo;
  if (!parser_got(p, TOKEN_COLON)) {
    syntax_error(p, "expected comma, : or ]");
    ADVANCE(p, TOKEN_COMMA, TOKEN_COLON, TOKEN_RBRACK);
  }
  p->bracket_depth++;
  if (token(p) != TOKEN_COLON && token(p) != TOKEN_RBRACK)
    slice->slice.hi = parse_expr(p);
  if (token(p) == TOKEN_COLON) {
    slice->slice.three = true;
    if (slice->slice.hi == NULL) {
      diag_error(here(p), "middle index required in 3-index slice");
      slice->slice.hi = bad_expr(here(p));
    }
    parser_next(p);
    if (token(p) != TOKEN_RBRACK) {
      slice->slice.max = parse_expr(p);
    } else {
      diag_error(here(p), "final index required in 3-index slice");
      slice->slice.max = bad_expr(here(p));
    }
  }
  p->bracket_depth--;
  parser_want(p, TOKEN_RBRACK);
  return slice;
}

/* Index = "[" Expression { "," Expression } [ "," ] "]" , or a Slice. */
static Expr *parse_index_or_slice(Parser *p, Expr *x) {
  parser_next(p);
  if (token(p) == TOKEN_COLON)
    return parse_slice(p, x, NULL);
  Expr *index = expr_new(EXPR_INDEX, x->pos);
  index->index.x = x;
  ExprList *list = &index->index.index;
  if (token(p) == TOKEN_RBRACK) {
    syntax_error(p, "expected operand");
    list_push(list, bad_expr(here(p)));
  } else {
    p->bracket_depth++;
    bool comma;
    do {
      list_push(list, parse_expr(p));
      comma = parser_got(p, TOKEN_COMMA);
    } while (comma && token(p) != TOKEN_RBRACK && token(p) != TOKEN_EOF);
    p->bracket_depth--;
    if (token(p) != TOKEN_RBRACK && !comma)
      return parse_slice(p, x, list->at[0]);
  }
  parser_want(p, TOKEN_RBRACK);
  return index;
}

/* Arguments = "(" [ ExpressionList [ "..." ] [ "," ] ] ")" . */
static Expr *parse_call(Parser *p, Expr *fun) {
  Expr *x = expr_new(EXPR_CALL, fun->pos);
  x->call.fun = fun;
  parser_next(p);
  p->bracket_depth++;
  if (parser_list_begins(p, TOKEN_RPAREN))
    do {
      list_push(&x->call.args, parse_expr(p));
      x->call.dots = parser_got(p, TOKEN_ELLIPSIS);
    } while (parser_list_more(p, "argument list", TOKEN_COMMA, TOKEN_RPAREN) && !x->call.dots);
  x->call.rparen = parser_list_end(p, TOKEN_RPAREN);
  p->bracket_depth--;
  return x;
}

/* Reports whether x in "x{" is the type of a composite literal. */
static bool may_be_literal_type(const Parser *p, const Expr *x) {
  switch (x->kind) {
  case EXPR_IDENT:
  case EXPR_SELECTOR:
    return p->bracket_depth >= 0;
  case EXPR_INDEX: {
    ExprKind index = x->index.index.at[0]->kind;
    return p->bracket_depth >= 0 && index != EXPR_LITERAL && index != EXPR_COMPOSITE &&
           index != EXPR_BINARY && index != EXPR_CALL;
  }
  case EXPR_ARRAY_TYPE:
  case EXPR_SLICE_TYPE:
  case EXPR_STRUCT_TYPE:
  case EXPR_MAP_TYPE:
    return true;
  default:
    return false;
  }
}

/* PrimaryExpr = Operand { Selector | Index | Slice | TypeAssertion | Arguments } . */
Expr *parse_primary(Parser *p, Expr *operand) {
  Expr *x = operand != NULL ? operand : parse_operand(p);
  for (;; parser_grow(p)) {
    switch (token(p)) {
    case TOKEN_DOT:
      x = parse_selector(p, x);
      break;
    case TOKEN_LBRACK:
      x = parse_index_or_slice(p, x);
      break;
    case TOKEN_LPAREN:
      x = parse_call(p, x);
      break;
    case TOKEN_LBRACE: {
      Expr *type = unparen(x);
      if (!may_be_literal_type(p, type))
        return x;
      if (type != x)
        syntax_error(p, "cannot parenthesize type in composite literal");
      x = parse_composite(p, type);
      break;
    }
    default:
      return x;
    }
  }
}

/* ---- Composite literals ---- */

/* Element = Expression | LiteralValue . */
static Expr *parse_element(Parser *p) {
  return token(p) == TOKEN_LBRACE ? parse_composite(p, NULL) : parse_expr(p);
}

/* LiteralValue = "{" [ [ Key ":" ] Element { "," [ Key ":" ] Element } [ "," ] ] "}" . */
static Expr *parse_composite(Parser *p, Expr *type) {
  int saved = parser_enter(p);
  Expr *x = expr_new(EXPR_COMPOSITE, type != NULL ? type->pos : here(p));
  x->composite.type = type;
  p->bracket_depth++;
  parser_want(p, TOKEN_LBRACE);
  if (parser_list_begins(p, TOKEN_RBRACE))
    do {
      Expr *element = parse_element(p);
      if (token(p) == TOKEN_COLON) {
        Expr *pair = expr_new(EXPR_KEY_VALUE, here(p));
        parser_next(p);
        pair->key_value.key = element;
        pair->key_value.value = parse_element(p);
        element = pair;
      }
      list_push(&x->composite.elems, element);
    } while (parser_list_more(p, "composite literal", TOKEN_COMMA, TOKEN_RBRACE));
  x->composite.rbrace = parser_list_end(p, TOKEN_RBRACE);
  p->bracket_depth--;
  parser_leave(p, saved);
  return x;
}
