/*
 * parser.c - the parser's engine room: tokens, messages, recovery, limits,
 * and the top level of a file.
 *
 * A recursive-descent parser with one token of lookahead. The grammar
 * production that a function reads stands above it.
 *
 * Errors. The wording is gc's, and so is the way to go on: after an error the
 * parser skips to a token from which the enclosing production can continue,
 * and reports again from there. diag shows one syntax error a line.
 *
 * Limits. Hostile input cannot overrun the stack: `enter` counts how deep
 * constructs nest, `grow` how high a tree gets by left-recursion, see
 * AST_MAX_NESTING and AST_MAX_HEIGHT.
 */
#include <string.h>

#include "diag.h"
#include "parser_internal.h"

/* ---- Tokens ---- */

void parser_next(Parser *p) {
  lexer_next(&p->lexer);
}

bool parser_got(Parser *p, Token wanted) {
  if (token(p) != wanted)
    return false;
  parser_next(p);
  return true;
}

/* Takes any token, to get on after an error. */
static void skip_token(Parser *p) {
  if (token(p) != TOKEN_EOF)
    parser_next(p);
}

/* The name of an expected token in a message. */
static const char *expected_string(Token token) {
  switch (token) {
  case TOKEN_COMMA: return "comma";
  case TOKEN_SEMI: return "semicolon or newline";
  default: return token_string(token);
  }
}

void parser_want(Parser *p, Token wanted) {
  if (parser_got(p, wanted))
    return;
  syntax_error(p, "expected %s", expected_string(wanted));
  skip_token(p);
}

bool parser_got_assign(Parser *p) {
  if (token(p) == TOKEN_DEFINE)
    syntax_error(p, "expected =");
  return parser_got(p, TOKEN_DEFINE) || parser_got(p, TOKEN_ASSIGN);
}

/* ---- Errors ---- */

/* Describes the current token for "unexpected ...". */
static const char *found_string(const Parser *p) {
  const Lexer *lexer = &p->lexer;
  switch (lexer->token) {
  case TOKEN_IDENT: return arena_printf("name %s", lexer->text);
  case TOKEN_SEMI: return lexer->text;
  case TOKEN_INT:
  case TOKEN_FLOAT:
  case TOKEN_IMAG:
  case TOKEN_RUNE:
  case TOKEN_STRING: return arena_printf("literal %s", lexer->text);
  case TOKEN_ASSIGN_OP: return arena_printf("%s=", token_string(lexer->op));
  case TOKEN_COMMA: return "comma";
  default:
    return token_string(lexer->token);
  }
}

static bool starts_with(const char *text, const char *prefix) {
  return strncmp(text, prefix, strlen(prefix)) == 0;
}

static void report(Parser *p, Pos pos, const char *message) {
  p->syntax_errors++;
  if (token(p) == TOKEN_EOF && diag_count() > p->first_error)
    return; /* only a consequence of what was reported before */
  if (starts_with(message, "in ") || starts_with(message, "at ") || starts_with(message, "after "))
    diag_error(pos, "syntax error: unexpected %s %s", found_string(p), message);
  else if (starts_with(message, "expected "))
    diag_error(pos, "syntax error: unexpected %s, %s", found_string(p), message);
  else
    diag_error(pos, "syntax error: %s", message);
}

void syntax_error(Parser *p, const char *format, ...) {
  va_list args;
  va_start(args, format);
  report(p, here(p), arena_vprintf(format, args));
  va_end(args);
}

void syntax_error_at(Parser *p, Pos pos, const char *format, ...) {
  va_list args;
  va_start(args, format);
  report(p, pos, arena_vprintf(format, args));
  va_end(args);
}

/* ---- Recovery ---- */

/* Reports whether a keyword begins a statement and nothing else. */
static bool begins_statement(Token token) {
  switch (token) {
  case TOKEN_BREAK:
  case TOKEN_CONST:
  case TOKEN_CONTINUE:
  case TOKEN_DEFER:
  case TOKEN_FALLTHROUGH:
  case TOKEN_FOR:
  case TOKEN_GO:
  case TOKEN_GOTO:
  case TOKEN_IF:
  case TOKEN_RETURN:
  case TOKEN_SELECT:
  case TOKEN_SWITCH:
  case TOKEN_TYPE:
  case TOKEN_VAR:
    return true;
  default:
    return false;
  }
}

void parser_advance(Parser *p, const Token *stop) {
  for (; token(p) != TOKEN_EOF; parser_next(p)) {
    if (p->function_depth > 0 && begins_statement(token(p)))
      return;
    for (const Token *s = stop; *s != TOKEN_EOF; s++)
      if (token(p) == *s)
        return;
  }
}

bool parser_list_more(Parser *p, const char *context, Token separator, Token close) {
  if (!parser_got(p, separator) && token(p) != close) {
    syntax_error(p, "in %s; possibly missing %s or %s", context, expected_string(separator),
                 token_string(close));
    ADVANCE(p, TOKEN_RPAREN, TOKEN_RBRACK, TOKEN_RBRACE);
    p->list_broken = token(p) != close;
    if (p->list_broken)
      return false;
  }
  return token(p) != TOKEN_EOF && token(p) != close;
}

Pos parser_list_end(Parser *p, Token close) {
  Pos pos = here(p);
  if (!p->list_broken)
    parser_want(p, close);
  p->list_broken = false;
  return pos;
}

/* ---- Limits ---- */

/* Reports a tree out of bounds once, and ends the file here. */
static void too_deep(Parser *p) {
  if (token(p) == TOKEN_EOF)
    return;
  diag_error(here(p), "exceeded max nesting depth");
  p->lexer.next = p->lexer.end;
  p->lexer.newline_ends = false;
  parser_next(p);
}

int parser_enter(Parser *p) {
  int saved = p->height;
  p->height = 0;
  if (++p->nesting > AST_MAX_NESTING)
    too_deep(p);
  return saved;
}

void parser_leave(Parser *p, int saved) {
  p->nesting--;
  p->height++;
  if (saved > p->height)
    p->height = saved;
}

void parser_grow(Parser *p) {
  if (++p->height > AST_MAX_HEIGHT)
    too_deep(p);
}

/* ---- Small nodes ---- */

Expr *bad_expr(Pos pos) {
  return expr_new(EXPR_BAD, pos);
}

Expr *name_at(Pos pos, const char *name) {
  Expr *x = expr_new(EXPR_IDENT, pos);
  x->ident.name = intern_string(name);
  return x;
}

/* identifier . */
Expr *parse_name(Parser *p) {
  Expr *x = expr_new(EXPR_IDENT, here(p));
  if (token(p) == TOKEN_IDENT) {
    x->ident.name = p->lexer.text;
    parser_next(p);
  } else {
    x->ident.name = intern_string("_");
    syntax_error(p, "expected name");
    skip_token(p);
  }
  return x;
}

/* ---- Files ---- */

/* Reports whether the last declaration is `func f()` without a body. */
static bool ends_in_headless_func(const DeclList *decls) {
  if (decls->len == 0)
    return false;
  const Decl *last = decls->at[decls->len - 1];
  return last->kind == DECL_FUNC && last->func.body == NULL;
}

static void skip_to_declaration(Parser *p) {
  ADVANCE(p, TOKEN_IMPORT, TOKEN_CONST, TOKEN_TYPE, TOKEN_VAR, TOKEN_FUNC);
}

/* TopLevelDecl = Declaration | FunctionDecl | MethodDecl . */
static void parse_top_level(Parser *p, DeclList *decls) {
  switch (token(p)) {
  case TOKEN_IMPORT:
  case TOKEN_CONST:
  case TOKEN_TYPE:
  case TOKEN_VAR:
    parse_declaration(p, decls);
    break;
  case TOKEN_FUNC: {
    Decl *decl = parse_func_decl(p);
    if (decl != NULL)
      list_push(decls, decl);
    break;
  }
  default:
    if (token(p) == TOKEN_LBRACE && ends_in_headless_func(decls))
      syntax_error(p, "unexpected semicolon or newline before {");
    else
      syntax_error(p, "non-declaration statement outside function body");
    skip_to_declaration(p);
    return;
  }
  p->lexer.pragmas.len = 0;
  if (token(p) != TOKEN_EOF && !parser_got(p, TOKEN_SEMI)) {
    syntax_error(p, "after top level declaration");
    skip_to_declaration(p);
  }
}

/* SourceFile = "package" name ";" { ImportDecl ";" } { TopLevelDecl ";" } . */
File *parse_file(Source *source) {
  Parser parser = {.first_error = diag_count(), .file = arena_new(File)};
  Parser *p = &parser;
  File *file = p->file;
  file->source = source;
  file->eof = source->base + (Pos)source->size;
  lexer_init(&p->lexer, source);
  parser_next(p);

  file->package_pos = here(p);
  if (token(p) != TOKEN_PACKAGE) {
    syntax_error(p, "package statement must be first");
    file->package_name = name_at(here(p), "_");
    file->broken = true;
    return file;
  }
  parser_next(p);
  file->package_name = parse_name(p);
  p->lexer.pragmas.len = 0; /* before the ";", behind which the first line may be wanted */
  parser_want(p, TOKEN_SEMI);

  Token last = TOKEN_IMPORT;
  bool readable = p->syntax_errors == 0; /* else it is likely no Go at all */
  while (readable && token(p) != TOKEN_EOF) {
    if (token(p) == TOKEN_IMPORT && last != TOKEN_IMPORT)
      syntax_error(p, "imports must appear before other declarations");
    last = token(p);
    parse_top_level(p, &file->decls);
  }
  file->broken = p->syntax_errors > 0;
  return file;
}
