/* arith.c - conversions from floating point, out of line where C says nothing.
 *
 * C leaves a float that does not fit undefined; Go on amd64 gives what the
 * hardware's cvttsd2si gives, 0x8000000000000000, and unsigned targets are
 * made of two signed conversions, as Go's compiler makes them.
 */
#include <emmintrin.h>

#include "lang/tern.h"

int64_t tern_f2i(double f) { return _mm_cvttsd_si64(_mm_set_sd(f)); }

uint64_t tern_f2u(double f) {
  const double two63 = 9223372036854775808.0;
  if (f < two63) return (uint64_t)tern_f2i(f);
  return (uint64_t)tern_f2i(f - two63) ^ ((uint64_t)1 << 63);
}
