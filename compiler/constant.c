/* constant.c - exact integers, rationals and strings of constant expressions.
 *
 * Called by the checker only.  Huge floats live in constant_big.c; this file
 * decides when a rational has grown too large and moves it there.
 *
 * Invariants
 *  1. A ConstValue never changes after the function that made it returned.
 *  2. CONST_FLOAT: the rational is canonical and neither part is longer than
 *     RATIONAL_BITS; anything larger is CONST_BIG.
 */
#include "constant.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "arena.h"
#include "constant_big.h"
#include "utf8.h"

/* Numerator and denominator up to this size are kept exact. */
#define RATIONAL_BITS 4096

/* ---- Making values ------------------------------------------------------ */

static ConstValue *new_value(ConstKind kind) {
  ConstValue *v = arena_new(ConstValue);
  v->kind = kind;
  return v;
}

ConstValue *const_unknown(void) { return new_value(CONST_UNKNOWN); }

ConstValue *const_bool(bool b) {
  ConstValue *v = new_value(CONST_BOOL);
  v->boolean = b;
  return v;
}

ConstValue *const_string(const char *s, size_t len) {
  ConstValue *v = new_value(CONST_STRING);
  v->str = arena_copy(s, len);
  v->len = len;
  return v;
}

static ConstValue *new_int(void) {
  ConstValue *v = new_value(CONST_INT);
  mpz_init(v->integer);
  return v;
}

ConstValue *const_int(int64_t i) {
  ConstValue *v = new_int();
  mpz_set_si(v->integer, i);
  return v;
}

static ConstValue *new_rational(void) {
  ConstValue *v = new_value(CONST_FLOAT);
  mpq_init(v->rational);
  return v;
}

/* Keeps invariant 2 for a freshly made rational. */
static ConstValue *settle(ConstValue *v) {
  if (mpz_sizeinbase(mpq_numref(v->rational), 2) > RATIONAL_BITS ||
      mpz_sizeinbase(mpq_denref(v->rational), 2) > RATIONAL_BITS)
    return big_from_rational(v->rational);
  return v;
}

ConstValue *const_from_double(double d) {
  ConstValue *v = new_rational();
  mpq_set_d(v->rational, d);
  return v;
}

/* ---- Literals ----------------------------------------------------------- */

/* The text without underscores. */
static char *strip_underscores(const char *text, size_t len) {
  char *out = arena_copy(text, len);
  size_t n = 0;
  for (size_t i = 0; i < len; i++)
    if (text[i] != '_') out[n++] = text[i];
  out[n] = '\0';
  return out;
}

ConstValue *const_int_literal(const char *text, size_t len) {
  char *s = strip_underscores(text, len);
  int base = 10;
  if (s[0] == '0' && s[1] != '\0') {
    char c = s[1] | 0x20;
    base = c == 'x' ? 16 : c == 'b' ? 2 : 8;
    s += c == 'x' || c == 'b' || c == 'o' ? 2 : 1;
  }
  ConstValue *v = new_int();
  return mpz_set_str(v->integer, s, base) == 0 ? v : NULL;
}

/* An exponent as written; clamped far beyond what any float can have. */
static int64_t parse_exponent(const char *s) {
  bool neg = *s == '-';
  if (*s == '-' || *s == '+') s++;
  int64_t e = 0;
  for (; *s >= '0' && *s <= '9'; s++)
    if (e < INT64_C(1) << 40) e = e * 10 + (*s - '0');
  return neg ? -e : e;
}

ConstValue *const_float_literal(const char *text, size_t len) {
  char *s = strip_underscores(text, len);
  bool hex = s[0] == '0' && (s[1] | 0x20) == 'x';
  if (hex) s += 2;
  char *e = strpbrk(s, hex ? "pP" : "eE");
  int64_t exp = e ? parse_exponent(e + 1) : 0;
  if (e) *e = '\0';
  char *dot = strchr(s, '.');
  if (dot) {
    size_t frac = strlen(dot + 1);
    memmove(dot, dot + 1, frac + 1);
    exp -= (int64_t)frac * (hex ? 4 : 1);
  }
  mpz_t digits;
  mpz_init(digits);
  if (mpz_set_str(digits, *s ? s : "0", hex ? 16 : 10) != 0) return NULL;
  if (mpz_sgn(digits) == 0) return const_from_double(0);
  int64_t limit = hex ? RATIONAL_BITS : RATIONAL_BITS / 4;
  if (exp > limit || exp < -limit) return big_scale(digits, hex ? 2 : 10, exp);
  ConstValue *v = new_rational();
  mpz_t power;
  mpz_init(power);
  mpz_ui_pow_ui(power, hex ? 2 : 10, (unsigned long)(exp < 0 ? -exp : exp));
  if (exp < 0) {
    mpz_set(mpq_numref(v->rational), digits);
    mpz_set(mpq_denref(v->rational), power);
    mpq_canonicalize(v->rational);
  } else {
    mpz_mul(mpq_numref(v->rational), digits, power);
  }
  return settle(v);
}

/* ---- Conversions -------------------------------------------------------- */

ConstValue *const_to_float(const ConstValue *x) {
  if (x->kind != CONST_INT) return (ConstValue *)x;
  ConstValue *v = new_rational();
  mpq_set_z(v->rational, x->integer);
  return settle(v);
}

ConstValue *const_to_int(const ConstValue *x) {
  switch (x->kind) {
    case CONST_INT: return (ConstValue *)x;
    case CONST_FLOAT:
      if (mpz_cmp_ui(mpq_denref(x->rational), 1) != 0) return NULL;
      ConstValue *v = new_int();
      mpz_set(v->integer, mpq_numref(x->rational));
      return v;
    case CONST_BIG:
      v = new_int();
      return big_to_integer(x, v->integer) ? v : NULL;
    default: return NULL;
  }
}

/* Rounds |m| * 2^exp, where bits below were lost if sticky, to `prec` bits of
 * a binary format whose smallest exponent is min_exp; ties to even. */
static double round_binary(const mpz_t m, int64_t exp, bool sticky, int prec,
                           int min_exp) {
  int64_t bits = (int64_t)mpz_sizeinbase(m, 2);
  int64_t drop = bits - prec;
  if (exp + drop < min_exp) drop = min_exp - exp;
  mpz_t q, r;
  mpz_inits(q, r, NULL);
  if (drop > bits + 1) {
    mpz_clears(q, r, NULL);
    return 0;
  }
  if (drop > 0) {
    mpz_tdiv_q_2exp(q, m, (mp_bitcnt_t)drop);
    mpz_tdiv_r_2exp(r, m, (mp_bitcnt_t)drop);
    bool half = mpz_tstbit(r, (mp_bitcnt_t)drop - 1);
    mpz_clrbit(r, (mp_bitcnt_t)drop - 1);
    bool above = sticky || mpz_sgn(r) != 0;
    if (half && (above || mpz_odd_p(q))) mpz_add_ui(q, q, 1);
    exp += drop;
  } else {
    mpz_set(q, m);
  }
  double d = exp > 4096 ? (double)INFINITY : ldexp(mpz_get_d(q), (int)exp);
  mpz_clears(q, r, NULL);
  return d;
}

/* The nearest value with `prec` bits; infinity if too large for a double. */
static double to_binary(const ConstValue *x, int prec, int min_exp) {
  double d;
  mpz_t m;
  mpz_init(m);
  int sign = const_sign(x);
  if (x->kind == CONST_INT) {
    mpz_abs(m, x->integer);
    d = round_binary(m, 0, false, prec, min_exp);
  } else if (x->kind == CONST_BIG) {
    mpz_abs(m, x->integer);
    int64_t top = x->exp + (int64_t)mpz_sizeinbase(m, 2);
    d = top > 4096    ? (double)INFINITY
        : top < -4096 ? 0
                      : round_binary(m, x->exp, false, prec, min_exp);
  } else if (x->kind == CONST_FLOAT) {
    const __mpz_struct *n = mpq_numref(x->rational);
    const __mpz_struct *den = mpq_denref(x->rational);
    int64_t shift =
        70 - ((int64_t)mpz_sizeinbase(n, 2) - (int64_t)mpz_sizeinbase(den, 2));
    mpz_t rem, scaled;
    mpz_inits(rem, scaled, NULL);
    mpz_abs(m, n);
    mpz_set(scaled, den);
    if (shift > 0)
      mpz_mul_2exp(m, m, (mp_bitcnt_t)shift);
    else
      mpz_mul_2exp(scaled, scaled, (mp_bitcnt_t)-shift);
    mpz_tdiv_qr(m, rem, m, scaled);
    d = round_binary(m, -shift, mpz_sgn(rem) != 0, prec, min_exp);
    mpz_clears(rem, scaled, NULL);
  } else {
    d = 0;
  }
  mpz_clear(m);
  return sign < 0 ? -d : d;
}

double const_float64(const ConstValue *x) { return to_binary(x, 53, -1074); }

float const_float32(const ConstValue *x) {
  double d = to_binary(x, 24, -149);
  if (d > (double)__FLT_MAX__) return INFINITY;
  if (d < -(double)__FLT_MAX__) return -INFINITY;
  return (float)d;
}

ConstValue *const_round_float(const ConstValue *x, unsigned bits) {
  double d = bits == 32 ? (double)const_float32(x) : const_float64(x);
  return isinf(d) ? NULL : const_from_double(d);
}

/* ---- Looking at values -------------------------------------------------- */

int const_sign(const ConstValue *x) {
  switch (x->kind) {
    case CONST_INT:
    case CONST_BIG: return mpz_sgn(x->integer);
    case CONST_FLOAT: return mpq_sgn(x->rational);
    default: return 1;
  }
}

bool const_is_zero(const ConstValue *x) { return const_sign(x) == 0; }

size_t const_bit_len(const ConstValue *x) {
  return mpz_sgn(x->integer) == 0 ? 0 : mpz_sizeinbase(x->integer, 2);
}

bool const_int64(const ConstValue *x, int64_t *out) {
  ConstValue *i = const_to_int(x);
  if (!i || !mpz_fits_slong_p(i->integer)) return false;
  *out = mpz_get_si(i->integer);
  return true;
}

bool const_uint64(const ConstValue *x, uint64_t *out) {
  ConstValue *i = const_to_int(x);
  if (!i || !mpz_fits_ulong_p(i->integer)) return false;
  *out = mpz_get_ui(i->integer);
  return true;
}

uint64_t const_low64(const ConstValue *x) {
  uint64_t u = mpz_get_ui(x->integer); /* the magnitude's low bits */
  return mpz_sgn(x->integer) < 0 ? 0 - u : u;
}

/* ---- Arithmetic --------------------------------------------------------- */

static ConstValue *int_binary(const mpz_t x, ConstOp op, const mpz_t y) {
  ConstValue *v = new_int();
  switch (op) {
    case CONST_ADD: mpz_add(v->integer, x, y); break;
    case CONST_SUB: mpz_sub(v->integer, x, y); break;
    case CONST_MUL: mpz_mul(v->integer, x, y); break;
    case CONST_IDIV: mpz_tdiv_q(v->integer, x, y); break;
    case CONST_REM: mpz_tdiv_r(v->integer, x, y); break;
    case CONST_AND: mpz_and(v->integer, x, y); break;
    case CONST_OR: mpz_ior(v->integer, x, y); break;
    case CONST_XOR: mpz_xor(v->integer, x, y); break;
    case CONST_AND_NOT:
      mpz_com(v->integer, y);
      mpz_and(v->integer, x, v->integer);
      break;
    default: return const_unknown();
  }
  return v;
}

static ConstValue *rational_binary(const mpq_t x, ConstOp op, const mpq_t y) {
  ConstValue *v = new_rational();
  switch (op) {
    case CONST_ADD: mpq_add(v->rational, x, y); break;
    case CONST_SUB: mpq_sub(v->rational, x, y); break;
    case CONST_MUL: mpq_mul(v->rational, x, y); break;
    case CONST_QUO: mpq_div(v->rational, x, y); break;
    default: return const_unknown();
  }
  return settle(v);
}

static ConstValue *string_concat(const ConstValue *x, const ConstValue *y) {
  char *s = arena_alloc(x->len + y->len + 1);
  memcpy(s, x->str, x->len);
  memcpy(s + x->len, y->str, y->len);
  ConstValue *v = new_value(CONST_STRING);
  v->str = s;
  v->len = x->len + y->len;
  return v;
}

ConstValue *const_binary(const ConstValue *x, ConstOp op, const ConstValue *y) {
  if (x->kind == CONST_UNKNOWN || y->kind == CONST_UNKNOWN)
    return const_unknown();
  if (x->kind == CONST_BOOL && y->kind == CONST_BOOL)
    return const_bool(op == CONST_LAND ? x->boolean && y->boolean
                                       : x->boolean || y->boolean);
  if (x->kind == CONST_STRING && y->kind == CONST_STRING)
    return string_concat(x, y);
  if (x->kind == CONST_INT && y->kind == CONST_INT && op != CONST_QUO)
    return int_binary(x->integer, op, y->integer);
  if (x->kind < CONST_INT || y->kind < CONST_INT) return const_unknown();
  x = const_to_float(x);
  y = const_to_float(y);
  if (x->kind == CONST_FLOAT && y->kind == CONST_FLOAT)
    return rational_binary(x->rational, op, y->rational);
  return big_binary(big_of(x), op, big_of(y));
}

ConstValue *const_unary(ConstOp op, const ConstValue *x, unsigned bits) {
  ConstValue *v;
  if (x->kind == CONST_UNKNOWN) return const_unknown();
  if (op == CONST_NOT) return const_bool(!x->boolean);
  if (op == CONST_COM) {
    v = new_int();
    mpz_com(v->integer, x->integer);
    if (bits) mpz_fdiv_r_2exp(v->integer, v->integer, bits);
    return v;
  }
  if (op != CONST_NEG) return (ConstValue *)x;
  switch (x->kind) {
    case CONST_INT:
      v = new_int();
      mpz_neg(v->integer, x->integer);
      return v;
    case CONST_FLOAT:
      v = new_rational();
      mpq_neg(v->rational, x->rational);
      return v;
    case CONST_BIG:
      v = new_value(CONST_BIG);
      mpz_init(v->integer);
      mpz_neg(v->integer, x->integer);
      v->exp = x->exp;
      return v;
    default: return const_unknown();
  }
}

ConstValue *const_shift(const ConstValue *x, ConstOp op, uint64_t n) {
  if (x->kind != CONST_INT) return const_unknown();
  ConstValue *v = new_int();
  if (op == CONST_SHL)
    mpz_mul_2exp(v->integer, x->integer, n);
  else
    mpz_fdiv_q_2exp(v->integer, x->integer, n);
  return v;
}

/* -1, 0, 1 for x < y, x == y, x > y; numbers and strings. */
static int compare(const ConstValue *x, const ConstValue *y) {
  if (x->kind == CONST_STRING) {
    size_t n = x->len < y->len ? x->len : y->len;
    int c = memcmp(x->str, y->str, n);
    return c ? c : (x->len > y->len) - (x->len < y->len);
  }
  if (x->kind == CONST_INT && y->kind == CONST_INT)
    return mpz_cmp(x->integer, y->integer);
  x = const_to_float(x);
  y = const_to_float(y);
  if (x->kind == CONST_FLOAT && y->kind == CONST_FLOAT)
    return mpq_cmp(x->rational, y->rational);
  return const_sign(big_binary(big_of(x), CONST_SUB, big_of(y)));
}

bool const_compare(const ConstValue *x, ConstOp op, const ConstValue *y) {
  if (x->kind == CONST_UNKNOWN || y->kind == CONST_UNKNOWN) return false;
  if (x->kind == CONST_BOOL)
    return (x->boolean == y->boolean) == (op == CONST_EQL);
  int c = compare(x, y);
  switch (op) {
    case CONST_EQL: return c == 0;
    case CONST_NEQ: return c != 0;
    case CONST_LSS: return c < 0;
    case CONST_LEQ: return c <= 0;
    case CONST_GTR: return c > 0;
    default: return c >= 0;
  }
}

/* ---- Text --------------------------------------------------------------- */

/* A string constant quoted as Go quotes it, cut after 72 characters. */
static const char *string_text(const ConstValue *x) {
  enum { LIMIT = 72 };
  const char *q = const_quote(x->str, x->len);
  size_t chars = 0, i = 0;
  size_t cut = 0;
  for (; q[i]; i++) {
    if (((unsigned char)q[i] & 0xC0) == 0x80) continue;
    if (chars == LIMIT - 3) cut = i;
    chars++;
  }
  if (chars <= LIMIT) return q;
  return arena_printf("%.*s...", (int)cut, q);
}

/* The fewest digits that read back as d, with an exponent below 1e-4 and from
 * 1e6 on. */
static const char *shortest(double d) {
  char buf[40];
  int prec = 0;
  for (; prec < 17; prec++) {
    snprintf(buf, sizeof buf, "%.*e", prec, d);
    double back;
    if (sscanf(buf, "%lf", &back) == 1 && back == d) break;
  }
  int exp = atoi(strchr(buf, 'e') + 1);
  if (exp < -4 || exp >= 6) return arena_printf("%s", buf);
  return arena_printf("%.*f", prec > exp ? prec - exp : 0, d);
}

static const char *float_text(const ConstValue *x) {
  double d = const_float64(x);
  if (isinf(d) || (d == 0 && const_sign(x) != 0)) return big_text(big_of(x));
  const char *s = arena_printf("%.6g", d);
  bool integral = const_to_int(x) != NULL;
  if (!integral && !strchr(s, '.')) return shortest(d);
  return s;
}

const char *const_text(const ConstValue *x) {
  switch (x->kind) {
    case CONST_BOOL: return x->boolean ? "true" : "false";
    case CONST_STRING: return string_text(x);
    case CONST_INT: {
      char *s = arena_alloc(mpz_sizeinbase(x->integer, 10) + 2);
      return mpz_get_str(s, 10, x->integer);
    }
    case CONST_FLOAT:
    case CONST_BIG: return float_text(x);
    default: return "unknown";
  }
}

/* Whether a code point is shown as it is rather than by number. */
static bool printable(uint32_t r) {
  static locale_t unicode;
  if (r < 0x7F) return true;
  bool private_use = (r >= 0xE000 && r <= 0xF8FF) || r >= 0xE0000;
  if (private_use || r <= 0xA0 || r == 0xAD || r == 0xFEFF) return false;
  if (!unicode) unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
  return unicode && iswprint_l((wint_t)r, unicode);
}

const char *const_quote(const char *str, size_t len) {
  const unsigned char *s = (const unsigned char *)str;
  char *out = arena_alloc(len * 4 + 3), *p = out;
  *p++ = '"';
  for (size_t i = 0; i < len;) {
    uint32_t r = 0;
    size_t n = utf8_decode(str + i, len - i, &r);
    const char *simple = "\a\b\f\n\r\t\v\\\"", *at;
    if (r == UTF8_ERROR && n == 1) {
      p += sprintf(p, "\\x%02x", s[i++]);
      continue;
    }
    if (r < 0x80 && r != 0 && (at = strchr(simple, (int)r)))
      p += sprintf(p, "\\%c", "abfnrtv\\\""[at - simple]);
    else if (r < 0x20 || r == 0x7F)
      p += sprintf(p, "\\x%02x", (unsigned)r);
    else if (!printable(r))
      p += sprintf(p, r > 0xFFFF ? "\\U%08x" : "\\u%04x", (unsigned)r);
    else
      p = (char *)memcpy(p, s + i, n) + n;
    i += n;
  }
  *p++ = '"';
  *p = '\0';
  return out;
}
