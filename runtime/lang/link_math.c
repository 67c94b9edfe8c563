/* link_math.c - the C half of packages math, math/bits and math/rand: what is
 * one instruction, or depends on having one (FMA). */
#include "lang/link.h"
#include "os/os.h"

typedef struct pair {
  uint64_t r0, r1;
} pair;

double math_sqrt(double x) TERN_SYMBOL("math.Sqrt");
double math_floor(double x) TERN_SYMBOL("math.Floor");
double math_ceil(double x) TERN_SYMBOL("math.Ceil");
double math_trunc(double x) TERN_SYMBOL("math.Trunc");
double math_fma(double x, double y, double z) TERN_SYMBOL("math.FMA");
double math_exp(double x) TERN_SYMBOL("math.Exp");
int64_t bits_leading_zeros(uint64_t x) TERN_SYMBOL("math/bits.LeadingZeros64");
int64_t bits_trailing_zeros(uint64_t x)
    TERN_SYMBOL("math/bits.TrailingZeros64");
int64_t bits_ones_count(uint64_t x) TERN_SYMBOL("math/bits.OnesCount64");
uint64_t bits_reverse_bytes(uint64_t x) TERN_SYMBOL("math/bits.ReverseBytes64");
pair bits_mul(uint64_t x, uint64_t y) TERN_SYMBOL("math/bits.Mul64");
pair bits_div(uint64_t hi, uint64_t lo, uint64_t y)
    TERN_SYMBOL("math/bits.div128");
uint64_t rand_entropy(void) TERN_SYMBOL("math/rand.entropy");

/* ---- Rounding ----------------------------------------------------------- */

/* The square root; the instruction itself, for C's would set errno. */
double math_sqrt(double x) {
  double r;
  __asm__("sqrtsd %1, %0" : "=x"(r) : "x"(x));
  return r;
}

/* Numbers from here on are integers; also true of infinities and NaN. */
static bool is_integer(double x) {
  return !(__builtin_fabs(x) < 0x1p52);
}

/* Towards zero, keeping the sign of zero. */
double math_trunc(double x) {
  if (is_integer(x)) return x;
  return __builtin_copysign((double)(int64_t)x, x);
}

/* Down. */
double math_floor(double x) {
  double t = math_trunc(x);
  return t > x ? t - 1 : t;
}

/* Up. */
double math_ceil(double x) {
  double t = math_trunc(x);
  return t < x ? __builtin_copysign(t + 1, x) : t;
}

/* ---- Fused multiplication ----------------------------------------------- */

static bool have_fma(void) {
  return __builtin_cpu_supports("avx") && __builtin_cpu_supports("fma");
}

__attribute__((target("fma"))) static double fma_hard(double x, double y,
                                                      double z) {
  return __builtin_fma(x, y, z);
}

/* The product is exact in 113 bits; the sum is rounded to odd there, so that
 * the second rounding gives what one would have. */
static double fma_soft(double x, double y, double z) {
  __float128 p = (__float128)x * y, q = z, sum = p + q;
  double once = (double)sum;
  if (!(__builtin_fabs(once) <= __DBL_MAX__)) return once;
  __float128 part = sum - p;
  __float128 error = (p - (sum - part)) + (q - part);
  if (error != 0) {
    unsigned __int128 bits;
    __builtin_memcpy(&bits, &sum, sizeof bits);
    if (!(bits & 1)) bits += (error > 0) == (sum > 0) ? 1 : -1;
    __builtin_memcpy(&sum, &bits, sizeof bits);
  }
  return (double)sum;
}

/* x*y + z, rounded once. */
double math_fma(double x, double y, double z) {
  return have_fma() ? fma_hard(x, y, z) : fma_soft(x, y, z);
}

/* ---- Exp ---------------------------------------------------------------- */

/* With x = k*ln2 + 16*r: a Taylor series gives e**r - 1, and as (1+d)**2 - 1 is
 * d*(d+2), four such steps give e**(16*r).  The two forms differ in the last
 * bit; Go, too, uses the fused one where it can. */
static const double ln2_high = 0.69314718055966295651160180568695068359375,
                    ln2_low = 0.28235290563031577122588448175013436025525412e-12;
static const double taylor[] = {
    2.4801587301587301587e-5, 1.9841269841269841270e-4,
    1.3888888888888888889e-3, 8.3333333333333333333e-3,
    4.1666666666666666667e-2, 1.6666666666666666667e-1,
    0.5,                      1.0,
};

static double exp_plain(double x, double k) {
  double r = (x - k * ln2_high - k * ln2_low) * 0.0625;
  double p = taylor[0];
  for (int i = 1; i < 8; i++) p = p * r + taylor[i];
  double d = r * p;
  for (int i = 0; i < 4; i++) d *= d + 2;
  return d + 1;
}

__attribute__((target("fma"))) static double exp_fused(double x, double k) {
  double r = __builtin_fma(-k, ln2_high, x);
  r = __builtin_fma(-k, ln2_low, r) * 0.0625;
  double p = taylor[0];
  for (int i = 1; i < 8; i++) p = __builtin_fma(p, r, taylor[i]);
  double d = r * p;
  for (int i = 0; i < 3; i++) d *= d + 2;
  return __builtin_fma(d, d + 2, 1.0);
}

static double power_of_two(int biased) {
  uint64_t bits = (uint64_t)biased << 52;
  double d;
  __builtin_memcpy(&d, &bits, sizeof d);
  return d;
}

/* e**x. */
double math_exp(double x) {
  if (x != x) return x;
  if (x > 7.09782712893384e+02) return __builtin_inf();
  if (x < -800) return 0;
  int k;
  double scaled = x * 1.4426950408889634073599246810018920;
  __asm__("cvtsd2si %1, %0" : "=r"(k) : "x"(scaled));
  double y = have_fma() ? exp_fused(x, k) : exp_plain(x, k);
  int biased = k + 0x3FF;
  if (biased >= 0x7FF) return __builtin_inf();
  if (biased > 0) return y * power_of_two(biased);
  if (biased < -52) return 0;
  return y * power_of_two(biased + 0x3FE) * power_of_two(1);
}

/* ---- math/bits ---------------------------------------------------------- */

/* How many zero bits precede the first one; 64 for 0. */
int64_t bits_leading_zeros(uint64_t x) { return x ? __builtin_clzll(x) : 64; }

/* How many zero bits follow the last one; 64 for 0. */
int64_t bits_trailing_zeros(uint64_t x) { return x ? __builtin_ctzll(x) : 64; }

/* How many bits are one; not by libgcc's table, nor an optional instruction. */
int64_t bits_ones_count(uint64_t x) {
  x -= x >> 1 & 0x5555555555555555;
  x = (x & 0x3333333333333333) + (x >> 2 & 0x3333333333333333);
  x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0F;
  return (int64_t)(x * 0x0101010101010101 >> 56);
}

/* The bytes in opposite order. */
uint64_t bits_reverse_bytes(uint64_t x) { return __builtin_bswap64(x); }

/* The product, high word first. */
pair bits_mul(uint64_t x, uint64_t y) {
  unsigned __int128 p = (unsigned __int128)x * y;
  return (pair){(uint64_t)(p >> 64), (uint64_t)p};
}

/* Quotient and remainder of (hi, lo) by y, which is more than hi. */
pair bits_div(uint64_t hi, uint64_t lo, uint64_t y) {
  pair r;
  __asm__("divq %4" : "=a"(r.r0), "=d"(r.r1) : "a"(lo), "d"(hi), "r"(y) : "cc");
  return r;
}

/* ---- math/rand ---------------------------------------------------------- */

/* 64 random bits to begin with. */
uint64_t rand_entropy(void) { return os_random(); }
