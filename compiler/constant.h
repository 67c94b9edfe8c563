/* constant.h - exact values of constant expressions.
 *
 * Who uses it: the checker (check_*.c), which folds every constant expression,
 * and emission, which prints the final values.  It stands on GMP alone.
 *
 * A ConstValue is immutable and lives as long as the compiler runs, so it is
 * shared freely.  Integers are exact (mpz).  Floats are exact rationals (mpq)
 * as long as they are of moderate size and else binary floats of 512 bits
 * (CONST_BIG), as the language asks for at least 256.
 *
 * The checker guarantees on each constant node that it leaves behind:
 *   type bool family      CONST_BOOL
 *   type string family    CONST_STRING
 *   integer types         CONST_INT, in the range of the type
 *   float32, float64      CONST_FLOAT/CONST_BIG, already rounded to the type:
 *                         const_float64 is exact
 */
#ifndef TERN_COMPILER_CONSTANT_H
#define TERN_COMPILER_CONSTANT_H

#include <gmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ast.h" /* declares ConstValue */

typedef enum ConstKind {
  CONST_UNKNOWN, /* after an error that was reported already */
  CONST_BOOL,
  CONST_STRING,
  CONST_INT,
  CONST_FLOAT, /* exact rational */
  CONST_BIG,   /* big * 2^exp, big odd or of at most CONST_BIG_BITS bits */
} ConstKind;

enum { CONST_BIG_BITS = 512 };

struct ConstValue {
  ConstKind kind;
  bool boolean;    /* CONST_BOOL */
  const char *str; /* CONST_STRING: bytes, NUL-terminated but may hold NULs */
  size_t len;
  mpz_t integer;  /* CONST_INT; CONST_BIG: the mantissa */
  mpq_t rational; /* CONST_FLOAT */
  int64_t exp;    /* CONST_BIG */
};

/* Operators, named for themselves so that this room needs no lexer. */
typedef enum ConstOp {
  CONST_ADD,
  CONST_SUB,
  CONST_MUL,
  CONST_QUO, /* exact division */
  CONST_IDIV,
  CONST_REM, /* integers, truncated */
  CONST_AND,
  CONST_OR,
  CONST_XOR,
  CONST_AND_NOT,
  CONST_SHL,
  CONST_SHR,
  CONST_EQL,
  CONST_NEQ,
  CONST_LSS,
  CONST_LEQ,
  CONST_GTR,
  CONST_GEQ,
  CONST_LAND,
  CONST_LOR,
  CONST_NOT,
  CONST_NEG,
  CONST_COM,
} ConstOp;

/* ---- Making values ------------------------------------------------------ */

ConstValue *const_unknown(void);
ConstValue *const_bool(bool b);
/* Copies the len bytes at s. */
ConstValue *const_string(const char *s, size_t len);
ConstValue *const_int(int64_t v);
ConstValue *const_from_double(double d);
/* The value of an integer literal as written ("0x_ff", "017", "1_000"); NULL if
 * it is malformed. */
ConstValue *const_int_literal(const char *text, size_t len);
/* The value of a float literal, decimal or hexadecimal; NULL if the exponent is
 * beyond any sense. */
ConstValue *const_float_literal(const char *text, size_t len);

/* ---- Arithmetic --------------------------------------------------------- */

/* x op y for operands of the same family; mixed int and float operands are
 * brought to float.  CONST_UNKNOWN if an operand is or the result has no
 * sensible size.  The divisor must not be zero. */
ConstValue *const_binary(const ConstValue *x, ConstOp op, const ConstValue *y);
/* -x, ^x, !x, x.  For ^ of an unsigned type of `bits` bits give bits; else 0.
 */
ConstValue *const_unary(ConstOp op, const ConstValue *x, unsigned bits);
/* x << n, x >> n for an integer x. */
ConstValue *const_shift(const ConstValue *x, ConstOp op, uint64_t n);
/* x op y for a comparison. */
bool const_compare(const ConstValue *x, ConstOp op, const ConstValue *y);

/* ---- Conversions -------------------------------------------------------- */

/* x as CONST_INT if it is integral, else NULL. */
ConstValue *const_to_int(const ConstValue *x);
/* x as a float kind. */
ConstValue *const_to_float(const ConstValue *x);
/* x rounded to float32/float64; NULL on overflow to infinity. */
ConstValue *const_round_float(const ConstValue *x, unsigned bits);

/* ---- Looking at values -------------------------------------------------- */

bool const_is_zero(const ConstValue *x);   /* numeric */
int const_sign(const ConstValue *x);       /* -1, 0, 1 */
size_t const_bit_len(const ConstValue *x); /* of an integer's magnitude */
/* True and the value if x is an integer that fits. */
bool const_int64(const ConstValue *x, int64_t *out);
bool const_uint64(const ConstValue *x, uint64_t *out);
/* The low 64 bits in two's complement of a CONST_INT. */
uint64_t const_low64(const ConstValue *x);
/* The nearest double (ties to even), from any numeric kind. */
double const_float64(const ConstValue *x);
float const_float32(const ConstValue *x);
/* x as Go's error messages print it: "300", "1.5", "\"abc\"", "1e+100".  The
 * string lives for ever. */
const char *const_text(const ConstValue *x);
/* Bytes as a Go string literal in double quotes. */
const char *const_quote(const char *s, size_t len);

#endif
