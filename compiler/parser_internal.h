/*
 * parser_internal.h - what the parser's files share.
 *
 * parser.c       the Parser, error messages and recovery, files
 * parser_decl.c  declarations
 * parser_type.c  types, parameters, type parameters
 * parser_expr.c  expressions
 * parser_stmt.c  statements
 * branches.c     labels and branches of a function body, once it is parsed
 *
 * Convention: parse_x reads an x that must be there; an x that is missing is
 * reported and stands in the tree as EXPR_BAD. parse_x_opt returns NULL,
 * without a message, when no x begins at the current token.
 */
#ifndef TERN_COMPILER_PARSER_INTERNAL_H
#define TERN_COMPILER_PARSER_INTERNAL_H

#include "lexer.h"
#include "parser.h"

typedef struct {
  Lexer lexer; /* lexer.token is the current token */
  File *file;
  int first_error;   /* diag_count() when the file was begun */
  int syntax_errors; /* reported by the parser itself in this file */
  int harmless;      /* errors that do not break the tree */

  int function_depth; /* > 0 inside function bodies */
  /* Inside brackets >= 0; -1 in the header of if, for, switch outside
     brackets, where T{ is not a composite literal. */
  int bracket_depth;
  int nesting; /* of enter/leave, at most AST_MAX_NESTING */
  int height;  /* of the tallest tree finished since the last enter */
  bool list_broken; /* between list_more and list_end: there is no close */
} Parser;

/* ---- parser.c: tokens, errors, limits ---- */

static inline Token token(const Parser *p) {
  return p->lexer.token;
}
static inline Pos here(const Parser *p) {
  return p->lexer.pos;
}
void parser_next(Parser *p);

/* Takes the current token if it is `wanted`. */
bool parser_got(Parser *p, Token wanted);

/* Takes the token that must come now, or reports what came instead. */
void parser_want(Parser *p, Token wanted);

/* Takes "=", and with a complaint ":=". */
bool parser_got_assign(Parser *p);

/*
 * Reports a syntax error. A message that begins with "in ", "at ", "after " or
 * "expected " is completed to "unexpected TOKEN, ..." by the current token.
 */
void syntax_error(Parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
void syntax_error_at(Parser *p, Pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Skips tokens until one of the given ones (up to TOKEN_EOF, which ends the
 * list), or inside a function a keyword that begins a statement.
 */
void parser_advance(Parser *p, const Token *stop);
#define ADVANCE(p, ...) parser_advance((p), (const Token[]){__VA_ARGS__, TOKEN_EOF})

/*
 * Lists of elements with separators up to a closing token:
 *
 *     if (parser_list_begins(p, close))
 *       do {
 *         ... one element ...
 *       } while (parser_list_more(p, context, separator, close));
 *     Pos end = parser_list_end(p, close);
 *
 * parser_list_more takes the separator, which is optional before `close`, and reports
 * a missing one. parser_list_end takes `close`, unless recovery skipped past it.
 */
static inline bool parser_list_begins(const Parser *p, Token close) {
  return token(p) != close && token(p) != TOKEN_EOF;
}
bool parser_list_more(Parser *p, const char *context, Token separator, Token close);
Pos parser_list_end(Parser *p, Token close);

/*
 * Every construct that may contain itself parses between parser_enter and
 * parser_leave. When they nest too deep, this says so and turns the rest of the file into
 * TOKEN_EOF, so that the parser unwinds without further messages.
 */
int parser_enter(Parser *p);
void parser_leave(Parser *p, int saved);

/* The same for a construct that grows to the left without nesting: a+b+c. */
void parser_grow(Parser *p);

/* Interns the current identifier as an EXPR_IDENT and takes it. */
Expr *parse_name(Parser *p);
Expr *name_at(Pos pos, const char *name);
Expr *bad_expr(Pos pos);

/* ---- parser_decl.c ---- */

/* Appends the specs of the declaration whose keyword is the current token. */
void parse_declaration(Parser *p, DeclList *list);

/* A function or method; the current token is `func`. */
Decl *parse_func_decl(Parser *p);

/* ---- parser_type.c ---- */

Expr *parse_type(Parser *p);
Expr *parse_type_opt(Parser *p);

/* The rest of "[len]T" or "[...]T" after "[", or after len if that is given. */
Expr *parse_array_type(Parser *p, Pos pos, Expr *len);

/* Signature behind `func` or a method's name. `what` may not be generic;
   NULL: it may. */
Expr *parse_signature(Parser *p, Pos pos, const char *what);

/*
 * Parameters up to and with `close`, the opening bracket is taken. `first` and
 * `first_type` (each may be NULL) have been read already. Type parameters must
 * have names.
 */
void parse_params(Parser *p, FieldList *list, Expr *first, Expr *first_type, Token close,
                  bool names_required);

/* ---- parser_expr.c ---- */

Expr *parse_expr(Parser *p);
void parse_expr_list(Parser *p, ExprList *list);

/* Continues an expression that begins with an operand read already. */
Expr *parse_expr_from(Parser *p, Expr *operand);

/* A primary expression; parentheses around it stay in the tree. */
Expr *parse_primary(Parser *p, Expr *operand);
Expr *parse_binary_from(Parser *p, Expr *x, int precedence);

/* ---- parser_stmt.c ---- */

/* "{" statements "}" of a function. */
Stmt *parse_func_body(Parser *p);

/* ---- branches.c ---- */

/* Resolves the labels and branches of one function body; reports errors. */
void resolve_branches(Stmt *body);

#endif
