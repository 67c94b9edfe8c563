/*
 * lexer.h - from source text to tokens, with automatic semicolons.
 *
 * The parser asks for one token at a time with lexer_next and reads the
 * current one from the struct. Malformed literals are reported (in gc's words)
 * and still delivered as literals, marked bad.
 */
#ifndef TERN_COMPILER_LEXER_H
#define TERN_COMPILER_LEXER_H

#include "arena.h"
#include "source.h"
#include "token.h"

typedef struct {
  /* the current token */
  Token token;
  Pos pos;
  Token op;         /* TOKEN_ASSIGN_OP: the operator before the '=' */
  const char *text; /* IDENT: the interned name; literals: their spelling;
                       SEMI: "semicolon", "newline" or "EOF" */
  size_t len;       /* of text */
  bool bad;         /* a malformed literal */

  /* the //go: lines since the parser last emptied this list */
  LIST_OF(const char *) pragmas;

  /* internal */
  const Source *source;
  const char *next; /* the first byte after the current token */
  const char *end;  /* of the source; *end == 0 */
  const char *start; /* of the current token */
  bool newline_ends; /* a newline now becomes a semicolon */
} Lexer;

/*
 * Begins to read a source; the first lexer_next gives the first token. Reports
 * the bytes that may stand nowhere in a source (NUL, invalid UTF-8, a byte
 * order mark inside).
 */
void lexer_init(Lexer *lexer, const Source *source);

/* Advances to the next token; at the end this is TOKEN_EOF again and again. */
void lexer_next(Lexer *lexer);

/* ---- Between lexer.c and lexer_literal.c ---- */

/* Each scans one literal at lexer->start, sets token, text, len, bad and next. */
void lexer_number(Lexer *lexer);
void lexer_rune(Lexer *lexer);
void lexer_string(Lexer *lexer);
void lexer_raw_string(Lexer *lexer);

/* The position of a byte of the source. */
static inline Pos lexer_pos_at(const Lexer *lexer, const char *at) {
  return lexer->source->base + (Pos)(at - lexer->source->text);
}

#endif
