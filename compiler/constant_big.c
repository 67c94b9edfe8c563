/* constant_big.c - binary floats of 512 bits with a huge exponent range.
 *
 * A value is integer * 2^exp with at most CONST_BIG_BITS bits in the integer;
 * each operation computes exactly or with enough guard bits and rounds once,
 * ties to even. */
#include "constant_big.h"

#include <math.h>

#include "arena.h"

/* Rounds m * 2^exp to CONST_BIG_BITS; `sticky` says that bits were lost. */
static ConstValue *make(const mpz_t m, int64_t exp, bool sticky) {
  ConstValue *v = arena_new(ConstValue);
  v->kind = CONST_BIG;
  mpz_init_set(v->integer, m);
  if (mpz_sgn(m) == 0) return v;
  int64_t bits = (int64_t)mpz_sizeinbase(m, 2), drop = bits - CONST_BIG_BITS;
  if (drop > 0) {
    mpz_t rest;
    mpz_init(rest);
    int sign = mpz_sgn(m);
    mpz_abs(v->integer, m);
    mpz_tdiv_r_2exp(rest, v->integer, (mp_bitcnt_t)drop);
    mpz_tdiv_q_2exp(v->integer, v->integer, (mp_bitcnt_t)drop);
    bool half = mpz_tstbit(rest, (mp_bitcnt_t)drop - 1);
    mpz_clrbit(rest, (mp_bitcnt_t)drop - 1);
    if (half && (sticky || mpz_sgn(rest) != 0 || mpz_odd_p(v->integer)))
      mpz_add_ui(v->integer, v->integer, 1);
    if (sign < 0) mpz_neg(v->integer, v->integer);
    mpz_clear(rest);
    exp += drop;
  }
  mp_bitcnt_t zeros = mpz_scan1(v->integer, 0);
  mpz_tdiv_q_2exp(v->integer, v->integer, zeros);
  v->exp = exp + (int64_t)zeros;
  int64_t top = v->exp + (int64_t)mpz_sizeinbase(v->integer, 2);
  if (top > BIG_MAX_EXP) return const_unknown();
  if (top < -BIG_MAX_EXP) {
    mpz_set_ui(v->integer, 0);
    v->exp = 0;
  }
  return v;
}

/* n / d * 2^exp, rounded. */
static ConstValue *quotient(const mpz_t n, const mpz_t d, int64_t exp) {
  mpz_t q, r;
  mpz_inits(q, r, NULL);
  int64_t shift = CONST_BIG_BITS + 8 + (int64_t)mpz_sizeinbase(d, 2) -
                  (int64_t)mpz_sizeinbase(n, 2);
  if (shift < 0) shift = 0;
  mpz_mul_2exp(q, n, (mp_bitcnt_t)shift);
  mpz_tdiv_qr(q, r, q, d);
  ConstValue *v = make(q, exp - shift, mpz_sgn(r) != 0);
  mpz_clears(q, r, NULL);
  return v;
}

ConstValue *big_from_rational(mpq_srcptr q) {
  return quotient(mpq_numref(q), mpq_denref(q), 0);
}

ConstValue *big_of(const ConstValue *x) {
  switch (x->kind) {
    case CONST_INT: return make(x->integer, 0, false);
    case CONST_FLOAT: return big_from_rational(x->rational);
    default: return (ConstValue *)x;
  }
}

ConstValue *big_scale(const mpz_t m, unsigned base, int64_t exp) {
  if (base == 2) {
    ConstValue *v = make(m, exp, false);
    return v->kind == CONST_UNKNOWN ? NULL : v;
  }
  int64_t n = exp < 0 ? -exp : exp;
  if (n > BIG_MAX_EXP / 3) return exp < 0 ? const_from_double(0) : NULL;
  ConstValue *power = big_of(const_int(1)), *square = big_of(const_int(base));
  for (; n > 0; n >>= 1) {
    if (n & 1) power = big_binary(power, CONST_MUL, square);
    if (n > 1) square = big_binary(square, CONST_MUL, square);
    if (power->kind == CONST_UNKNOWN || square->kind == CONST_UNKNOWN)
      return exp < 0 ? const_from_double(0) : NULL;
  }
  ConstValue *v =
      big_binary(make(m, 0, false), exp < 0 ? CONST_QUO : CONST_MUL, power);
  return v->kind == CONST_UNKNOWN ? NULL : v;
}

/* x + y where x's exponent is the larger one. */
static ConstValue *add(const ConstValue *x, const ConstValue *y) {
  enum { FAR = 3 * CONST_BIG_BITS };
  int64_t shift = x->exp - y->exp;
  if (shift > FAR) /* y is below x's rounding */
    return (ConstValue *)x;
  mpz_t sum;
  mpz_init(sum);
  mpz_mul_2exp(sum, x->integer, (mp_bitcnt_t)shift);
  mpz_add(sum, sum, y->integer);
  ConstValue *v = make(sum, y->exp, false);
  mpz_clear(sum);
  return v;
}

ConstValue *big_binary(const ConstValue *x, ConstOp op, const ConstValue *y) {
  if (x->kind != CONST_BIG || y->kind != CONST_BIG) return const_unknown();
  if (op == CONST_MUL) {
    mpz_t product;
    mpz_init(product);
    mpz_mul(product, x->integer, y->integer);
    ConstValue *v = make(product, x->exp + y->exp, false);
    mpz_clear(product);
    return v;
  }
  if (op == CONST_QUO) return quotient(x->integer, y->integer, x->exp - y->exp);
  if (op == CONST_SUB) y = const_unary(CONST_NEG, y, 0);
  if (mpz_sgn(x->integer) == 0) return (ConstValue *)y;
  if (mpz_sgn(y->integer) == 0) return (ConstValue *)x;
  return x->exp >= y->exp ? add(x, y) : add(y, x);
}

bool big_to_integer(const ConstValue *x, mpz_t out) {
  enum { SENSIBLE = 1 << 16 };
  if (x->exp < 0 || x->exp > SENSIBLE) return false;
  mpz_mul_2exp(out, x->integer, (mp_bitcnt_t)x->exp);
  return true;
}

const char *big_text(const ConstValue *x) {
  if (x->kind != CONST_BIG) return "unknown";
  long shift;
  double m = mpz_get_d_2exp(&shift, x->integer);
  long double log10 =
      (long double)(x->exp + shift) * 0.301029995663981195213738894724493027L +
      log10l(fabsl((long double)m));
  int64_t e = (int64_t)floorl(log10);
  double digits = (double)powl(10, log10 - (long double)e);
  if (digits >= 9.9999995) {
    digits /= 10;
    e++;
  }
  return arena_printf("%s%.6ge%+lld", m < 0 ? "-" : "", digits, (long long)e);
}
