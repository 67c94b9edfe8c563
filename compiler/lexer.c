/*
 * lexer.c - from source text to tokens, with automatic semicolons.
 *
 * 1. lexer_init checks the bytes of the whole file once, so that the scanner
 *    proper only meets well-formed text or bytes already reported.
 * 2. lexer_next skips blanks and comments, remembers //go: lines, and scans
 *    one token. Keywords are found by their interned name.
 * 3. Semicolons: after a token that may end a statement, a newline, a comment
 *    that contains one, or the end of file becomes a TOKEN_SEMI.
 *
 * Numbers, runes and strings are in lexer_literal.c.
 */
#include "lexer.h"

#include <string.h>

#include "diag.h"
#include "utf8.h"

static const char *const spellings[] = {
#define X(kind, spelling) spelling,
    TOKEN_TABLE(X)
#undef X
};

const char *token_string(Token token) {
  return spellings[token];
}

/* ---- Keywords ---- */

/* Keywords by a perfect-enough hash of their first two bytes and length. */
#define KEYWORD_SLOTS 64
static Token keyword_slots[KEYWORD_SLOTS];

static unsigned keyword_hash(const char *name, size_t len) {
  return ((unsigned char)name[0] * 4u ^ (unsigned char)name[1]) + (unsigned)len;
}

static void init_keywords(void) {
  if (keyword_slots[0] != 0)
    return;
  for (unsigned i = 0; i < KEYWORD_SLOTS; i++)
    keyword_slots[i] = TOKEN_IDENT;
  for (Token token = TOKEN_FIRST_KEYWORD; token < TOKEN_COUNT; token++) {
    unsigned slot = keyword_hash(spellings[token], strlen(spellings[token]));
    while (keyword_slots[slot % KEYWORD_SLOTS] != TOKEN_IDENT)
      slot++;
    keyword_slots[slot % KEYWORD_SLOTS] = token;
  }
}

/* Returns the keyword that a name is, or TOKEN_IDENT. */
static Token find_keyword(const char *name, size_t len) {
  if (len < 2)
    return TOKEN_IDENT;
  for (unsigned slot = keyword_hash(name, len);; slot++) {
    Token token = keyword_slots[slot % KEYWORD_SLOTS];
    if (token == TOKEN_IDENT)
      return TOKEN_IDENT;
    if (strncmp(spellings[token], name, len) == 0 && spellings[token][len] == 0)
      return token;
  }
}

/* ---- Start ---- */

#define BYTE_ORDER_MARK 0xFEFFu

/* Reports bytes that no source may contain. */
static void check_encoding(const Lexer *lexer) {
  for (const char *at = lexer->next; at < lexer->end;) {
    if (*at > 0) { /* ASCII, and not NUL */
      at++;
      continue;
    }
    uint32_t rune;
    size_t size = utf8_decode(at, (size_t)(lexer->end - at), &rune);
    if (rune == 0)
      diag_error(lexer_pos_at(lexer, at), "invalid NUL character");
    else if (rune == UTF8_ERROR && size == 1)
      diag_error(lexer_pos_at(lexer, at), "invalid UTF-8 encoding");
    else if (rune == BYTE_ORDER_MARK)
      diag_error(lexer_pos_at(lexer, at), "invalid BOM in the middle of the file");
    at += size;
  }
}

void lexer_init(Lexer *lexer, const Source *source) {
  init_keywords();
  *lexer = (Lexer){.source = source, .next = source->text, .end = source->text + source->size};
  if (source->size >= 3 && memcmp(source->text, "\xEF\xBB\xBF", 3) == 0)
    lexer->next += 3;
  check_encoding(lexer);
}

/* ---- Blanks and comments ---- */

/* Keeps a "//go:" line for the parser. */
static void remember_pragma(Lexer *lexer, const char *from, const char *to) {
  if (to > from && to[-1] == '\r')
    to--;
  if (to - from > 5 && memcmp(from, "//go:", 5) == 0)
    list_push(&lexer->pragmas, arena_copy(from, (size_t)(to - from)));
}

/*
 * Skips the comment at lexer->next. Returns true if it was a general comment
 * that contains a newline, or runs into the end of file.
 */
static bool skip_comment(Lexer *lexer) {
  const char *from = lexer->next;
  if (from[1] == '/') {
    const char *newline = memchr(from, '\n', (size_t)(lexer->end - from));
    lexer->next = newline == NULL ? lexer->end : newline;
    remember_pragma(lexer, from, lexer->next);
    return false;
  }
  const char *close = from + 2;
  while (close < lexer->end && !(close[0] == '*' && close[1] == '/'))
    close++;
  if (close == lexer->end) {
    diag_error(lexer_pos_at(lexer, from), "comment not terminated");
    lexer->next = lexer->end;
    return true;
  }
  lexer->next = close + 2;
  return memchr(from, '\n', (size_t)(close - from)) != NULL;
}

/* The size of a byte order mark or invalid byte at `at`, else 0. */
static size_t bad_bytes(const Lexer *lexer, const char *at) {
  uint32_t rune;
  size_t size = utf8_decode(at, (size_t)(lexer->end - at), &rune);
  return rune == BYTE_ORDER_MARK || (rune == UTF8_ERROR && size == 1) ? size : 0;
}

/*
 * Skips blanks, comments and the bytes reported by check_encoding. Returns
 * true, with the token made, if a newline or the end turned into a semicolon.
 */
static bool skip_blanks(Lexer *lexer) {
  for (;;) {
    const char *at = lexer->next;
    const char *newline = NULL;
    if (at == lexer->end) {
      newline = lexer->newline_ends ? "EOF" : NULL;
      if (newline == NULL)
        return false;
    } else if (*at == '\n') {
      newline = lexer->newline_ends ? "newline" : NULL;
      lexer->next++;
    } else if (*at == ' ' || *at == '\t' || *at == '\r' || *at == 0) {
      lexer->next++;
    } else if (*at == '/' && (at[1] == '/' || at[1] == '*')) {
      if (skip_comment(lexer) && lexer->newline_ends)
        newline = "newline";
    } else {
      size_t size = *at < 0 ? bad_bytes(lexer, at) : 0;
      if (size == 0)
        return false;
      lexer->next += size;
    }
    if (newline != NULL) {
      lexer->pos = lexer_pos_at(lexer, at);
      lexer->token = TOKEN_SEMI;
      lexer->text = newline;
      lexer->len = strlen(newline);
      lexer->newline_ends = false;
      return true;
    }
  }
}

/* ---- Identifiers ---- */

static bool is_ascii_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

/*
 * Scans on from lexer->next while the name continues. Foreign characters that
 * are no letters are reported and taken along.
 */
static void scan_name(Lexer *lexer) {
  while (lexer->next < lexer->end) {
    char c = *lexer->next;
    if (is_ascii_letter(c) || (c >= '0' && c <= '9')) {
      lexer->next++;
      continue;
    }
    if (c >= 0)
      break;
    uint32_t rune;
    size_t size = utf8_decode(lexer->next, (size_t)(lexer->end - lexer->next), &rune);
    bool first = lexer->next == lexer->start;
    Pos pos = lexer_pos_at(lexer, lexer->next);
    if (rune == BYTE_ORDER_MARK || (rune == UTF8_ERROR && size == 1))
      break; /* reported by check_encoding */
    if (unicode_is_digit(rune) && first)
      diag_error(pos, "identifier cannot begin with digit U+%04X '%.*s'", rune, (int)size,
                 lexer->next);
    else if (!unicode_is_letter(rune) && !unicode_is_digit(rune))
      diag_error(pos, "invalid character U+%04X '%.*s' in identifier", rune, (int)size,
                 lexer->next);
    lexer->next += size;
  }
}

static void identifier(Lexer *lexer) {
  scan_name(lexer);
  size_t len = (size_t)(lexer->next - lexer->start);
  lexer->token = find_keyword(lexer->start, len);
  if (lexer->token == TOKEN_IDENT) {
    lexer->text = intern(lexer->start, len);
    lexer->len = len;
  }
}

/* ---- Operators ---- */

/* Finishes a token of `len` bytes. */
static void finish(Lexer *lexer, Token token, size_t len) {
  lexer->token = token;
  lexer->next = lexer->start + len;
}

/* Finishes a binary operator of `len` bytes, which may have a '=' behind it. */
static void finish_op(Lexer *lexer, Token token, size_t len) {
  if (lexer->start[len] == '=') {
    lexer->op = token;
    finish(lexer, TOKEN_ASSIGN_OP, len + 1);
  } else {
    finish(lexer, token, len);
  }
}

/* An operator that may be doubled (& && ) or followed by '='. */
static void operator_token(Lexer *lexer) {
  const char *at = lexer->start;
  char second = at[1];
  switch (at[0]) {
  case '+':
    second == '+' ? finish(lexer, TOKEN_INC, 2) : finish_op(lexer, TOKEN_ADD, 1);
    break;
  case '-':
    second == '-' ? finish(lexer, TOKEN_DEC, 2) : finish_op(lexer, TOKEN_SUB, 1);
    break;
  case '*':
    finish_op(lexer, TOKEN_MUL, 1);
    break;
  case '/':
    finish_op(lexer, TOKEN_DIV, 1);
    break;
  case '%':
    finish_op(lexer, TOKEN_REM, 1);
    break;
  case '^':
    finish_op(lexer, TOKEN_XOR, 1);
    break;
  case '&':
    if (second == '&')
      finish(lexer, TOKEN_LAND, 2);
    else if (second == '^')
      finish_op(lexer, TOKEN_AND_NOT, 2);
    else
      finish_op(lexer, TOKEN_AND, 1);
    break;
  case '|':
    second == '|' ? finish(lexer, TOKEN_LOR, 2) : finish_op(lexer, TOKEN_OR, 1);
    break;
  case '<':
    if (second == '<')
      finish_op(lexer, TOKEN_SHL, 2);
    else if (second == '-')
      finish(lexer, TOKEN_ARROW, 2);
    else
      second == '=' ? finish(lexer, TOKEN_LE, 2) : finish(lexer, TOKEN_LT, 1);
    break;
  case '>':
    if (second == '>')
      finish_op(lexer, TOKEN_SHR, 2);
    else
      second == '=' ? finish(lexer, TOKEN_GE, 2) : finish(lexer, TOKEN_GT, 1);
    break;
  case '=':
    second == '=' ? finish(lexer, TOKEN_EQ, 2) : finish(lexer, TOKEN_ASSIGN, 1);
    break;
  case '!':
    second == '=' ? finish(lexer, TOKEN_NE, 2) : finish(lexer, TOKEN_NOT, 1);
    break;
  case ':':
    second == '=' ? finish(lexer, TOKEN_DEFINE, 2) : finish(lexer, TOKEN_COLON, 1);
    break;
  }
}

/* Finishes a bracket or other token of one byte; returns false if it is none. */
static bool delimiter(Lexer *lexer) {
  switch (*lexer->start) {
  case '(': finish(lexer, TOKEN_LPAREN, 1); return true;
  case '[': finish(lexer, TOKEN_LBRACK, 1); return true;
  case '{': finish(lexer, TOKEN_LBRACE, 1); return true;
  case ')': finish(lexer, TOKEN_RPAREN, 1); return true;
  case ']': finish(lexer, TOKEN_RBRACK, 1); return true;
  case '}': finish(lexer, TOKEN_RBRACE, 1); return true;
  case ',': finish(lexer, TOKEN_COMMA, 1); return true;
  case '~': finish(lexer, TOKEN_TILDE, 1); return true;
  case '.':
    if (lexer->start[1] == '.' && lexer->start[2] == '.')
      finish(lexer, TOKEN_ELLIPSIS, 3);
    else
      finish(lexer, TOKEN_DOT, 1);
    return true;
  case ';':
    finish(lexer, TOKEN_SEMI, 1);
    lexer->text = "semicolon";
    lexer->len = strlen(lexer->text);
    return true;
  default:
    return false;
  }
}

/* ---- Tokens ---- */

/* Reports whether a statement may end with this token. */
static bool may_end_statement(Token token) {
  switch (token) {
  case TOKEN_IDENT:
  case TOKEN_INT:
  case TOKEN_FLOAT:
  case TOKEN_IMAG:
  case TOKEN_RUNE:
  case TOKEN_STRING:
  case TOKEN_BREAK:
  case TOKEN_CONTINUE:
  case TOKEN_FALLTHROUGH:
  case TOKEN_RETURN:
  case TOKEN_INC:
  case TOKEN_DEC:
  case TOKEN_RPAREN:
  case TOKEN_RBRACK:
  case TOKEN_RBRACE:
    return true;
  default:
    return false;
  }
}

/* Scans one token that begins at lexer->start; false: there was none. */
static bool scan_token(Lexer *lexer) {
  char c = *lexer->start;
  lexer->bad = false;
  if (is_ascii_letter(c) || c < 0)
    identifier(lexer);
  else if ((c >= '0' && c <= '9') || (c == '.' && lexer->start[1] >= '0' && lexer->start[1] <= '9'))
    lexer_number(lexer);
  else if (c == '"')
    lexer_string(lexer);
  else if (c == '\'')
    lexer_rune(lexer);
  else if (c == '`')
    lexer_raw_string(lexer);
  else if (strchr("+-*/%^&|<>=!:", c) != NULL)
    operator_token(lexer);
  else if (!delimiter(lexer)) {
    if (c >= 0x20 && c < 0x7F)
      diag_error(lexer->pos, "invalid character U+%04X '%c'", c, c);
    else
      diag_error(lexer->pos, "invalid character U+%04X", c);
    lexer->next++;
    return false;
  }
  return true;
}

void lexer_next(Lexer *lexer) {
  do {
    if (skip_blanks(lexer))
      return;
    lexer->start = lexer->next;
    lexer->pos = lexer_pos_at(lexer, lexer->start);
    if (lexer->start == lexer->end) {
      lexer->token = TOKEN_EOF;
      lexer->newline_ends = false;
      return;
    }
  } while (!scan_token(lexer));
  lexer->newline_ends = may_end_statement(lexer->token);
}
