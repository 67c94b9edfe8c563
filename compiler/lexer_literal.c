/*
 * lexer_literal.c - number, rune and string literals.
 *
 * Each literal reports at most its first fault, in gc's words and at gc's
 * place: some faults at the start of the literal, some where they show.
 */
#include <string.h>

#include "diag.h"
#include "lexer.h"
#include "utf8.h"

/* Reports the first fault of a literal; later ones only follow from it. */
#define FAULT(lexer, at, ...)                                 \
  do {                                                        \
    if (!(lexer)->bad)                                        \
      diag_error(lexer_pos_at((lexer), (at)), __VA_ARGS__);   \
    (lexer)->bad = true;                                      \
  } while (0)

/* Ends the literal at lexer->next. */
static void finish_literal(Lexer *lexer, Token token) {
  lexer->token = token;
  lexer->len = (size_t)(lexer->next - lexer->start);
  lexer->text = arena_copy(lexer->start, lexer->len);
}

/* ---- Numbers ---- */

static bool is_decimal(char c) {
  return c >= '0' && c <= '9';
}

static bool is_hex(char c) {
  return is_decimal(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static const char *base_name(int base) {
  switch (base) {
  case 2: return "binary";
  case 8: return "octal";
  case 16: return "hexadecimal";
  default: return "decimal";
  }
}

/* What a run of digits contained. */
typedef struct {
  bool any;
  const char *invalid; /* the first digit too large for the base, or NULL */
} Digits;

/* Skips digits and underscores. Decimal digits are taken in every base. */
static void scan_digits(Lexer *lexer, int base, Digits *digits) {
  for (;; lexer->next++) {
    char c = *lexer->next;
    if (c == '_')
      continue;
    if (!(base == 16 ? is_hex(c) : is_decimal(c)))
      return;
    digits->any = true;
    if (base < 10 && c >= '0' + base && digits->invalid == NULL)
      digits->invalid = lexer->next;
  }
}

/* Returns the first underscore that does not stand between digits, or NULL. */
static const char *misplaced_underscore(const char *at, const char *end) {
  bool hex = at[0] == '0' && (at[1] | 0x20) == 'x';
  bool digit_before = false; /* a base prefix counts as a digit */
  if (at[0] == '0' && strchr("xXoObB", at[1]) != NULL && at[1] != 0) {
    at += 2;
    digit_before = true;
  }
  for (; at < end; at++) {
    bool digit = hex ? is_hex(*at) : is_decimal(*at);
    if (*at == '_') {
      bool digit_after = at + 1 < end && (hex ? is_hex(at[1]) : is_decimal(at[1]));
      if (!digit_before || !digit_after) {
        /* In a run of underscores gc names the second. */
        return digit_before && at + 1 < end && at[1] == '_' ? at + 1 : at;
      }
    }
    digit_before = digit;
  }
  return NULL;
}

/* Skips an exponent (e, E, p, P at lexer->next) of a number of this base. */
static void scan_exponent(Lexer *lexer, int base, bool octal_prefix) {
  char letter = *lexer->next;
  bool hex_letter = (letter | 0x20) == 'p';
  if (!hex_letter && (base == 2 || octal_prefix))
    FAULT(lexer, lexer->next, "'%c' exponent requires decimal mantissa", letter);
  else if (hex_letter && base != 16)
    FAULT(lexer, lexer->next, "'%c' exponent requires hexadecimal mantissa", letter);
  lexer->next++;
  if (*lexer->next == '+' || *lexer->next == '-')
    lexer->next++;
  Digits digits = {0};
  scan_digits(lexer, 10, &digits);
  if (!digits.any)
    FAULT(lexer, lexer->next, "exponent has no digits");
}

/* IntLit, FloatLit or ImaginaryLit. */
void lexer_number(Lexer *lexer) {
  Token kind = TOKEN_INT;
  int base = 10;
  bool prefix = false, octal_prefix = false; /* 0x, 0o, 0b; 0o alone */
  Digits digits = {0};
  if (*lexer->next == '0') {
    char letter = lexer->next[1] | 0x20;
    base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
    octal_prefix = letter == 'o';
    prefix = base != 8 || octal_prefix;
    lexer->next += prefix ? 2 : 1;
    digits.any = !prefix;
  }
  scan_digits(lexer, base, &digits);
  if (*lexer->next == '.') {
    kind = TOKEN_FLOAT;
    if (base == 2 || octal_prefix)
      FAULT(lexer, lexer->next, "invalid radix point in %s literal", base_name(base));
    lexer->next++;
    scan_digits(lexer, base, &digits);
  }
  if (!digits.any)
    FAULT(lexer, lexer->next, "%s literal has no digits", base_name(base));
  char letter = *lexer->next | 0x20;
  if (letter == 'e' || letter == 'p') {
    kind = TOKEN_FLOAT;
    scan_exponent(lexer, base, octal_prefix);
  } else if (base == 16 && kind == TOKEN_FLOAT) {
    FAULT(lexer, lexer->next, "hexadecimal mantissa requires a 'p' exponent");
  }
  if (*lexer->next == 'i') {
    kind = TOKEN_IMAG;
    lexer->next++;
  }
  /* 089i and 08.5 are decimal for the sake of old programs. */
  bool whole = kind == TOKEN_INT || (kind == TOKEN_IMAG && prefix);
  if (whole && digits.invalid != NULL)
    FAULT(lexer, digits.invalid, "invalid digit '%c' in %s literal", *digits.invalid,
          base_name(base));
  const char *underscore = misplaced_underscore(lexer->start, lexer->next);
  if (underscore != NULL)
    FAULT(lexer, underscore, "'_' must separate successive digits");
  finish_literal(lexer, kind);
}

/* ---- Escapes ---- */

/* Skips `count` digits of an escape; false if there were fewer (reported). */
static bool escape_digits(Lexer *lexer, int base, int count, uint32_t *value) {
  *value = 0;
  for (int i = 0; i < count; i++) {
    if (lexer->next == lexer->end)
      return true; /* the literal is not terminated, which says it all */
    const char *at = lexer->next;
    if (!is_hex(*at) || (base == 8 && (*at < '0' || *at > '7'))) {
      uint32_t rune;
      size_t size = utf8_decode(at, (size_t)(lexer->end - at), &rune);
      const char *shown = *at == '\'' ? "\\'" : *at == '\n' ? "\\n" : *at == '\\' ? "\\\\" : NULL;
      if (*at == '\t')
        shown = "\\t";
      if (shown == NULL)
        shown = arena_printf("%.*s", (int)size, at);
      FAULT(lexer, at, "invalid character '%s' in %s escape", shown, base_name(base));
      return false;
    }
    *value = *value * (uint32_t)base + (is_decimal(*at) ? (uint32_t)(*at - '0')
                                                        : (uint32_t)((*at | 0x20) - 'a' + 10));
    lexer->next++;
  }
  return true;
}

/* Skips an escape sequence; lexer->next is behind the backslash. */
static void escape(Lexer *lexer, char quote) {
  if (lexer->next == lexer->end)
    return; /* not terminated: reported by the caller */
  char c = *lexer->next;
  if (c == quote || strchr("abfnrtv\\", c) != NULL) {
    lexer->next++;
    return;
  }
  int base = 16, count;
  switch (c) {
  case '0': case '1': case '2': case '3': case '4': case '5': case '6': case '7':
    base = 8;
    count = 3;
    break;
  case 'x': count = 2; break;
  case 'u': count = 4; break;
  case 'U': count = 8; break;
  default:
    FAULT(lexer, lexer->next, "unknown escape");
    return;
  }
  lexer->next += base == 16;
  uint32_t value;
  if (!escape_digits(lexer, base, count, &value))
    return;
  if (base == 8 && value > 255)
    FAULT(lexer, lexer->next, "octal escape value %u > 255", value);
  else if (count >= 4 && (value > UTF8_MAX_RUNE || (value >= 0xD800 && value < 0xE000)))
    FAULT(lexer, lexer->next, "escape is invalid Unicode code point U+%04X", value);
}

/* ---- Runes and strings ---- */

/* RuneLit = "'" ( unicode_value | byte_value ) "'" . */
void lexer_rune(Lexer *lexer) {
  lexer->next++;
  for (int count = 0;; count++) {
    if (lexer->next == lexer->end) {
      FAULT(lexer, lexer->start, "rune literal not terminated");
      break;
    }
    char c = *lexer->next;
    if (c == '\'') {
      if (count == 0)
        FAULT(lexer, lexer->next, "empty rune literal or unescaped '");
      else if (count != 1)
        FAULT(lexer, lexer->start, "more than one character in rune literal");
      lexer->next++;
      break;
    }
    if (c == '\n') {
      FAULT(lexer, lexer->next, "newline in rune literal");
      break;
    }
    if (c == '\\') {
      lexer->next++;
      escape(lexer, '\'');
      continue;
    }
    uint32_t rune;
    lexer->next += utf8_decode(lexer->next, (size_t)(lexer->end - lexer->next), &rune);
  }
  finish_literal(lexer, TOKEN_RUNE);
}

/* InterpretedStringLit = `"` { unicode_value | byte_value } `"` . */
void lexer_string(Lexer *lexer) {
  lexer->next++;
  for (;;) {
    if (lexer->next == lexer->end) {
      diag_error(lexer->pos, "string not terminated");
      lexer->bad = true;
      break;
    }
    char c = *lexer->next;
    if (c == '\n') {
      diag_error(lexer_pos_at(lexer, lexer->next), "newline in string");
      lexer->bad = true;
      break;
    }
    lexer->next++;
    if (c == '"')
      break;
    if (c == '\\') {
      bool bad = lexer->bad;
      lexer->bad = false; /* each escape of a string reports for itself */
      escape(lexer, '"');
      lexer->bad |= bad;
    }
  }
  finish_literal(lexer, TOKEN_STRING);
}

/* RawStringLit = "`" { unicode_char | newline } "`" . */
void lexer_raw_string(Lexer *lexer) {
  const char *from = lexer->start + 1;
  const char *close = memchr(from, '`', (size_t)(lexer->end - from));
  if (close == NULL) {
    FAULT(lexer, lexer->start, "string not terminated");
    lexer->next = lexer->end;
  } else {
    lexer->next = close + 1;
  }
  finish_literal(lexer, TOKEN_STRING);
}
