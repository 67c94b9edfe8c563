/*
 * parser_stmt.c - statements.
 */
#include "diag.h"
#include "parser_internal.h"

static Stmt *parse_stmt_opt(Parser *p);

/* ---- Simple statements ---- */

/* RangeClause = [ ExpressionList ( "=" | ":=" ) ] "range" Expression ;
 * `range` is the current token. */
static Stmt *parse_range_clause(Parser *p, Pos pos, ExprList *lhs, bool define) {
  Stmt *s = stmt_new(STMT_RANGE, pos);
  parser_next(p);
  s->range.define = define;
  if (lhs != NULL) {
    s->range.key = lhs->at[0];
    s->range.value = lhs->len > 1 ? lhs->at[1] : NULL;
    if (lhs->len > 2) {
      diag_error(expr_start(lhs->at[2]), "range clause permits at most two iteration variables");
      p->harmless++;
    }
  }
  s->range.x = parse_expr(p);
  return s;
}

/* Expression "<-" Expression ; or one of ++ -- op= ; or the expression alone. */
static Stmt *parse_after_expr(Parser *p, Expr *x) {
  Stmt *s;
  switch (token(p)) {
  case TOKEN_ASSIGN_OP:
    s = stmt_new(STMT_ASSIGN, here(p));
    s->assign.op = p->lexer.op;
    list_push(&s->assign.lhs, x);
    parser_next(p);
    list_push(&s->assign.rhs, parse_expr(p));
    return s;
  case TOKEN_INC:
  case TOKEN_DEC:
    s = stmt_new(STMT_INC_DEC, here(p));
    s->inc_dec.x = x;
    s->inc_dec.op = token(p) == TOKEN_INC ? TOKEN_ADD : TOKEN_SUB;
    parser_next(p);
    return s;
  case TOKEN_ARROW:
    s = stmt_new(STMT_SEND, here(p));
    s->send.chan = x;
    parser_next(p);
    s->send.value = parse_expr(p);
    return s;
  default:
    s = stmt_new(STMT_EXPR, expr_start(x));
    s->expr.x = x;
    return s;
  }
}

/*
 * SimpleStmt = ExpressionStmt | SendStmt | IncDecStmt | Assignment |
 *              ShortVarDecl , and after `for` a RangeClause.
 * `first` is the beginning of the statement if that was read already.
 * `keyword` is the statement in whose header we are, or TOKEN_EOF.
 */
static Stmt *parse_simple_stmt(Parser *p, ExprList *first, Token keyword) {
  if (keyword == TOKEN_FOR && token(p) == TOKEN_RANGE)
    return parse_range_clause(p, here(p), NULL, false);
  ExprList lhs = {0};
  if (first != NULL)
    lhs = *first;
  else
    parse_expr_list(p, &lhs);

  Token op = token(p);
  Pos pos = here(p);
  if (op != TOKEN_ASSIGN && op != TOKEN_DEFINE) {
    if (lhs.len == 1)
      return parse_after_expr(p, lhs.at[0]);
    syntax_error(p, "expected := or = or comma");
    ADVANCE(p, TOKEN_SEMI, TOKEN_RBRACE);
    Stmt *s = stmt_new(STMT_EXPR, expr_start(lhs.at[0]));
    s->expr.x = lhs.at[0];
    return s;
  }
  parser_next(p);
  if (keyword == TOKEN_FOR && token(p) == TOKEN_RANGE)
    return parse_range_clause(p, pos, &lhs, op == TOKEN_DEFINE);
  Stmt *s = stmt_new(STMT_ASSIGN, pos);
  s->assign.op = op;
  s->assign.lhs = lhs;
  parse_expr_list(p, &s->assign.rhs);
  return s;
}

/* ---- Blocks ---- */

/* StatementList = { Statement ";" } . */
static void parse_stmt_list(Parser *p, StmtList *list) {
  while (token(p) != TOKEN_EOF && token(p) != TOKEN_RBRACE && token(p) != TOKEN_CASE &&
         token(p) != TOKEN_DEFAULT) {
    Stmt *s = parse_stmt_opt(p);
    p->lexer.pragmas.len = 0;
    if (s == NULL)
      break;
    list_push(list, s);
    if (!parser_got(p, TOKEN_SEMI) && token(p) != TOKEN_RBRACE) {
      syntax_error(p, "at end of statement");
      ADVANCE(p, TOKEN_SEMI, TOKEN_RBRACE);
      parser_got(p, TOKEN_SEMI);
    }
  }
}

/* Block = "{" StatementList "}" ; `context` names what the block belongs to. */
static Stmt *parse_block(Parser *p, const char *context) {
  Stmt *s = stmt_new(STMT_BLOCK, here(p));
  if (!parser_got(p, TOKEN_LBRACE)) {
    syntax_error(p, "expected { after %s", context);
    ADVANCE(p, TOKEN_IDENT, TOKEN_RBRACE);
    s->block.rbrace = here(p);
    if (parser_got(p, TOKEN_RBRACE))
      return s;
  }
  parse_stmt_list(p, &s->block.stmts);
  s->block.rbrace = here(p);
  parser_want(p, TOKEN_RBRACE);
  return s;
}

/* FunctionBody = Block . */
Stmt *parse_func_body(Parser *p) {
  int errors = p->syntax_errors;
  int brackets = p->bracket_depth;
  p->bracket_depth = 0;
  p->function_depth++;
  Stmt *body = parse_block(p, "function");
  p->function_depth--;
  p->bracket_depth = brackets;
  if (p->syntax_errors == errors) {
    int before = diag_count();
    resolve_branches(body);
    p->harmless += diag_count() - before;
  }
  return body;
}

/* ---- Headers of if, for, switch ---- */

typedef struct {
  Stmt *init;
  Stmt *cond; /* as a statement: unpacked by header_condition */
  Stmt *post;
  Stmt *range; /* a range clause; then the others are NULL */
  Pos semicolon; /* after init, or NO_POS */
  bool newline;  /* that semicolon was a newline */
} Header;

/* The rest of a `for` header after its first semicolon. */
static void parse_for_clause(Parser *p, Header *h) {
  if (token(p) != TOKEN_SEMI) {
    if (token(p) == TOKEN_LBRACE) {
      syntax_error(p, "expected for loop condition");
      return;
    }
    h->cond = parse_simple_stmt(p, NULL, TOKEN_EOF);
  }
  parser_want(p, TOKEN_SEMI);
  if (token(p) != TOKEN_LBRACE) {
    h->post = parse_simple_stmt(p, NULL, TOKEN_EOF);
    if (h->post->kind == STMT_ASSIGN && h->post->assign.op == TOKEN_DEFINE)
      syntax_error_at(p, h->post->pos, "cannot declare in post statement of for loop");
  }
}

/* [ SimpleStmt ";" ] [ condition ] , or a for clause. bracket_depth is -1. */
static void parse_header_parts(Parser *p, Token keyword, Header *h) {
  Stmt *first = NULL;
  if (token(p) != TOKEN_SEMI) {
    if (parser_got(p, TOKEN_VAR))
      syntax_error(p, "var declaration not allowed in %s initializer", token_string(keyword));
    first = parse_simple_stmt(p, NULL, keyword);
    if (first->kind == STMT_RANGE) {
      h->range = first;
      return;
    }
  }
  if (token(p) == TOKEN_LBRACE && first != NULL) {
    h->cond = first;
    return;
  }
  h->init = first;
  if (token(p) == TOKEN_SEMI) {
    h->semicolon = here(p);
    h->newline = p->lexer.text[0] == 'n';
    parser_next(p);
  } else {
    parser_want(p, TOKEN_LBRACE); /* likelier to be missing than ";" */
    if (token(p) != TOKEN_LBRACE)
      ADVANCE(p, TOKEN_LBRACE, TOKEN_RBRACE);
  }
  if (keyword == TOKEN_FOR)
    parse_for_clause(p, h);
  else if (token(p) != TOKEN_LBRACE)
    h->cond = parse_simple_stmt(p, NULL, keyword);
}

static Header parse_header(Parser *p, Token keyword) {
  Header h = {0};
  parser_next(p);
  if (token(p) == TOKEN_LBRACE)
    return h;
  int brackets = p->bracket_depth;
  p->bracket_depth = -1;
  parse_header_parts(p, keyword, &h);
  p->bracket_depth = brackets;
  return h;
}

/* An expression as part of a message, in parentheses if it is a binary one. */
static const char *emphasize(const Expr *x) {
  const char *text = expr_string(x);
  return x->kind == EXPR_BINARY ? arena_printf("(%s)", text) : text;
}

static const char *list_string(const ExprList *list) {
  const char *text = expr_string(list->at[0]);
  for (int i = 1; i < list->len; i++)
    text = arena_printf("%s, %s", text, expr_string(list->at[i]));
  return text;
}

/* A simple statement as source text. */
static const char *simple_stmt_string(const Stmt *s) {
  switch (s->kind) {
  case STMT_ASSIGN: {
    const char *op = s->assign.op == TOKEN_DEFINE ? ":=" : token_string(s->assign.op);
    return arena_printf("%s %s%s %s", list_string(&s->assign.lhs), op,
                        s->assign.op == TOKEN_DEFINE ? "" : "=", list_string(&s->assign.rhs));
  }
  case STMT_INC_DEC:
    return arena_printf("%s%s", expr_string(s->inc_dec.x),
                        s->inc_dec.op == TOKEN_ADD ? "++" : "--");
  case STMT_SEND:
    return arena_printf("%s <- %s", expr_string(s->send.chan), expr_string(s->send.value));
  default:
    return "statement";
  }
}

/* Makes the condition of a header an expression; NULL if there is none. */
static Expr *header_condition(Parser *p, const Header *h) {
  const Stmt *s = h->cond;
  if (s == NULL)
    return NULL;
  if (s->kind == STMT_EXPR)
    return s->expr.x;
  bool plain = s->kind == STMT_ASSIGN && s->assign.op == TOKEN_ASSIGN;
  if (plain && s->assign.lhs.len == 1 && s->assign.rhs.len == 1)
    syntax_error_at(p, s->pos, "cannot use assignment %s = %s as value",
                    emphasize(s->assign.lhs.at[0]), emphasize(s->assign.rhs.at[0]));
  else if (plain)
    syntax_error_at(p, s->pos, "cannot use assignment (%s) = (%s) as value",
                    list_string(&s->assign.lhs), list_string(&s->assign.rhs));
  else
    syntax_error_at(p, s->pos, "cannot use %s as value", simple_stmt_string(s));
  return bad_expr(s->pos);
}

/* ---- If, for ---- */

/* The condition of an if statement; reports a missing one. */
static Expr *parse_if_header(Parser *p, Stmt **init) {
  Header h = parse_header(p, TOKEN_IF);
  *init = h.init;
  Expr *cond = header_condition(p, &h);
  if (cond != NULL)
    return cond;
  if (h.semicolon == NO_POS)
    syntax_error(p, "missing condition in if statement");
  else if (h.newline)
    syntax_error_at(p, h.semicolon, "unexpected newline, expected { after if clause");
  else
    syntax_error_at(p, h.semicolon, "missing condition in if statement");
  return bad_expr(here(p));
}

/* IfStmt = "if" [ SimpleStmt ";" ] Expression Block [ "else" ( IfStmt | Block ) ] . */
static Stmt *parse_if(Parser *p) {
  Stmt *whole = NULL;
  for (Stmt **tail = &whole;; parser_grow(p)) {
    Stmt *s = stmt_new(STMT_IF, here(p));
    *tail = s;
    tail = &s->if_stmt.other;
    s->if_stmt.cond = parse_if_header(p, &s->if_stmt.init);
    s->if_stmt.then = parse_block(p, "if clause");
    if (!parser_got(p, TOKEN_ELSE))
      return whole;
    if (token(p) == TOKEN_IF)
      continue;
    if (token(p) == TOKEN_LBRACE) {
      *tail = parse_block(p, "else");
    } else {
      syntax_error(p, "else must be followed by if or statement block");
      ADVANCE(p, TOKEN_IDENT, TOKEN_RBRACE);
    }
    return whole;
  }
}

/* ForStmt = "for" [ Condition | ForClause | RangeClause ] Block . */
static Stmt *parse_for(Parser *p) {
  Pos pos = here(p);
  Header h = parse_header(p, TOKEN_FOR);
  if (h.range != NULL) {
    h.range->pos = pos;
    h.range->range.body = parse_block(p, "for clause");
    return h.range;
  }
  Stmt *s = stmt_new(STMT_FOR, pos);
  s->for_stmt.init = h.init;
  s->for_stmt.cond = header_condition(p, &h);
  s->for_stmt.post = h.post;
  s->for_stmt.body = parse_block(p, "for clause");
  return s;
}

/* ---- Switch, select ---- */

/* The `case` part of a clause up to where its list or statement begins:
 * true after `case`, false after `default` or an error. */
static bool parse_case_keyword(Parser *p, bool *is_default) {
  *is_default = parser_got(p, TOKEN_DEFAULT);
  if (*is_default || parser_got(p, TOKEN_CASE))
    return !*is_default;
  syntax_error(p, "expected case or default or }");
  ADVANCE(p, TOKEN_COLON, TOKEN_CASE, TOKEN_DEFAULT, TOKEN_RBRACE);
  return false;
}

/* ExprCaseClause = ( "case" ExpressionList | "default" ) ":" StatementList . */
static Stmt *parse_case_clause(Parser *p) {
  Stmt *s = stmt_new(STMT_CASE, here(p));
  if (parse_case_keyword(p, &s->case_clause.is_default))
    parse_expr_list(p, &s->case_clause.exprs);
  s->case_clause.colon = here(p);
  parser_want(p, TOKEN_COLON);
  parse_stmt_list(p, &s->case_clause.body);
  return s;
}

/* CommClause = ( "case" ( SendStmt | RecvStmt ) | "default" ) ":" StatementList . */
static Stmt *parse_comm_clause(Parser *p) {
  Stmt *s = stmt_new(STMT_COMM, here(p));
  bool is_default;
  if (parse_case_keyword(p, &is_default))
    s->comm_clause.comm = parse_simple_stmt(p, NULL, TOKEN_EOF);
  s->comm_clause.colon = here(p);
  parser_want(p, TOKEN_COLON);
  parse_stmt_list(p, &s->comm_clause.body);
  return s;
}

/* "{" { clause } "}" ; returns the position of the closing brace. */
static Pos parse_clauses(Parser *p, const char *what, Stmt *(*parse_clause)(Parser *),
                         StmtList *clauses) {
  if (!parser_got(p, TOKEN_LBRACE)) {
    syntax_error(p, "missing { after %s clause", what);
    ADVANCE(p, TOKEN_CASE, TOKEN_DEFAULT, TOKEN_RBRACE);
  }
  while (token(p) != TOKEN_EOF && token(p) != TOKEN_RBRACE)
    list_push(clauses, parse_clause(p));
  Pos rbrace = here(p);
  parser_want(p, TOKEN_RBRACE);
  return rbrace;
}

/* Returns the x.(type) in the condition of a switch and the name bound to it,
 * or NULL if this is no type switch. */
static Expr *type_switch_guard(const Stmt *cond, Expr **name) {
  *name = NULL;
  Expr *guard = NULL;
  if (cond == NULL)
    return NULL;
  if (cond->kind == STMT_EXPR) {
    guard = cond->expr.x;
  } else if (cond->kind == STMT_ASSIGN && cond->assign.op == TOKEN_DEFINE &&
             cond->assign.lhs.len == 1 && cond->assign.rhs.len == 1 &&
             cond->assign.lhs.at[0]->kind == EXPR_IDENT) {
    *name = cond->assign.lhs.at[0];
    guard = cond->assign.rhs.at[0];
  }
  bool is_guard = guard != NULL && guard->kind == EXPR_TYPE_ASSERT &&
                  guard->type_assert.type == NULL;
  return is_guard ? guard : NULL;
}

/* SwitchStmt = "switch" [ SimpleStmt ";" ] [ Expression | TypeSwitchGuard ] Clauses . */
static Stmt *parse_switch(Parser *p) {
  Pos pos = here(p);
  Header h = parse_header(p, TOKEN_SWITCH);
  Expr *name;
  Expr *guard = type_switch_guard(h.cond, &name);
  if (guard != NULL) {
    Stmt *s = stmt_new(STMT_TYPE_SWITCH, pos);
    s->type_switch.init = h.init;
    s->type_switch.name = name;
    s->type_switch.x = guard->type_assert.x;
    s->type_switch.rbrace = parse_clauses(p, "switch", parse_case_clause, &s->type_switch.cases);
    return s;
  }
  Stmt *s = stmt_new(STMT_SWITCH, pos);
  s->switch_stmt.init = h.init;
  s->switch_stmt.tag = header_condition(p, &h);
  s->switch_stmt.rbrace = parse_clauses(p, "switch", parse_case_clause, &s->switch_stmt.cases);
  return s;
}

/* SelectStmt = "select" "{" { CommClause } "}" . */
static Stmt *parse_select(Parser *p) {
  Stmt *s = stmt_new(STMT_SELECT, here(p));
  parser_next(p);
  s->select.rbrace = parse_clauses(p, "select", parse_comm_clause, &s->select.cases);
  return s;
}

/* ---- Other statements ---- */

/* GoStmt = "go" Expression . DeferStmt = "defer" Expression . */
static Stmt *parse_go(Parser *p) {
  Token keyword = token(p);
  Stmt *s = stmt_new(keyword == TOKEN_GO ? STMT_GO : STMT_DEFER, here(p));
  parser_next(p);
  int saved = parser_enter(p);
  Expr *x = parse_primary(p, NULL);
  parser_leave(p, saved);
  s->go.call = unparen(x);
  const char *what = token_string(keyword);
  if (s->go.call != x)
    diag_error(x->pos, "expression in %s must not be parenthesized", what);
  else if (x->kind != EXPR_CALL && x->kind != EXPR_BAD)
    diag_error(expr_start(x), "expression in %s must be function call", what);
  return s;
}

/* ReturnStmt = "return" [ ExpressionList ] . */
static Stmt *parse_return(Parser *p) {
  Stmt *s = stmt_new(STMT_RETURN, here(p));
  parser_next(p);
  if (token(p) != TOKEN_SEMI && token(p) != TOKEN_RBRACE)
    parse_expr_list(p, &s->ret.results);
  return s;
}

/* BreakStmt, ContinueStmt, GotoStmt, FallthroughStmt. */
static Stmt *parse_branch(Parser *p) {
  Stmt *s = stmt_new(STMT_BRANCH, here(p));
  s->branch.token = token(p);
  parser_next(p);
  if (s->branch.token == TOKEN_GOTO)
    s->branch.label = parse_name(p);
  else if (s->branch.token != TOKEN_FALLTHROUGH && token(p) == TOKEN_IDENT)
    s->branch.label = parse_name(p);
  return s;
}

/* LabeledStmt = Label ":" Statement ; the ":" is the current token. */
static Stmt *parse_labeled(Parser *p, Expr *name) {
  Stmt *s = stmt_new(STMT_LABELED, name->pos);
  Pos colon = here(p);
  s->labeled.name = name;
  parser_next(p);
  if (token(p) == TOKEN_RBRACE) {
    s->labeled.stmt = stmt_new(STMT_EMPTY, here(p));
    return s;
  }
  s->labeled.stmt = parse_stmt_opt(p);
  if (s->labeled.stmt == NULL) {
    syntax_error_at(p, colon, "missing statement after label");
    return NULL; /* ends the statement list, which this is the end of */
  }
  s->labeled.stmt->label = s;
  return s;
}

/* A simple statement that begins with an expression, or a labeled one. */
static Stmt *parse_expr_stmt(Parser *p) {
  ExprList list = {0};
  parse_expr_list(p, &list);
  if (list.len == 1 && list.at[0]->kind == EXPR_IDENT && token(p) == TOKEN_COLON)
    return parse_labeled(p, list.at[0]);
  return parse_simple_stmt(p, &list, TOKEN_EOF);
}

static Stmt *parse_decl_stmt(Parser *p) {
  Stmt *s = stmt_new(STMT_DECL, here(p));
  parse_declaration(p, &s->decl.decls);
  return s;
}

/* Statement, without the enter and leave of parse_stmt_opt. */
static Stmt *parse_any_stmt(Parser *p) {
  switch (token(p)) {
  case TOKEN_VAR:
  case TOKEN_CONST:
  case TOKEN_TYPE:
    return parse_decl_stmt(p);
  case TOKEN_LBRACE:
    return parse_block(p, "");
  case TOKEN_FOR:
    return parse_for(p);
  case TOKEN_SWITCH:
    return parse_switch(p);
  case TOKEN_SELECT:
    return parse_select(p);
  case TOKEN_IF:
    return parse_if(p);
  case TOKEN_BREAK:
  case TOKEN_CONTINUE:
  case TOKEN_GOTO:
  case TOKEN_FALLTHROUGH:
    return parse_branch(p);
  case TOKEN_GO:
  case TOKEN_DEFER:
    return parse_go(p);
  case TOKEN_RETURN:
    return parse_return(p);
  case TOKEN_SEMI:
    return stmt_new(STMT_EMPTY, here(p));
  case TOKEN_IDENT:
  case TOKEN_INT:
  case TOKEN_FLOAT:
  case TOKEN_IMAG:
  case TOKEN_RUNE:
  case TOKEN_STRING:
  case TOKEN_FUNC:
  case TOKEN_LPAREN:
  case TOKEN_LBRACK:
  case TOKEN_STRUCT:
  case TOKEN_MAP:
  case TOKEN_CHAN:
  case TOKEN_INTERFACE:
  case TOKEN_ARROW:
  case TOKEN_ADD:
  case TOKEN_SUB:
  case TOKEN_MUL:
  case TOKEN_AND:
  case TOKEN_XOR:
  case TOKEN_NOT:
  case TOKEN_TILDE:
    return parse_expr_stmt(p);
  default:
    return NULL;
  }
}

/* Statement, or NULL. */
static Stmt *parse_stmt_opt(Parser *p) {
  int saved = parser_enter(p);
  Stmt *s = parse_any_stmt(p);
  parser_leave(p, saved);
  return s;
}
