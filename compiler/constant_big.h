/* constant_big.h - binary floats of 512 bits with a huge exponent range, for
 * constants too large or small to stay exact rationals.  Internal to
 * constant.c; every function returns an immutable value, or CONST_UNKNOWN when
 * the exponent leaves BIG_MAX_EXP. */
#ifndef TERN_COMPILER_CONSTANT_BIG_H
#define TERN_COMPILER_CONSTANT_BIG_H

#include "constant.h"

/* |exponent| of a value stays below this, as in Go (32 bits). */
#define BIG_MAX_EXP (INT64_C(1) << 31)

/* The value of x (any numeric kind) as CONST_BIG. */
ConstValue *big_of(const ConstValue *x);
ConstValue *big_from_rational(mpq_srcptr q);
/* m * base^exp; NULL if the exponent is beyond range. */
ConstValue *big_scale(const mpz_t m, unsigned base, int64_t exp);
/* ADD, SUB, MUL, QUO of two CONST_BIG. */
ConstValue *big_binary(const ConstValue *x, ConstOp op, const ConstValue *y);
/* If x is integral and of sensible size, stores it and returns true. */
bool big_to_integer(const ConstValue *x, mpz_t out);
/* Decimal text of six digits: "1e+1000". */
const char *big_text(const ConstValue *x);

#endif
