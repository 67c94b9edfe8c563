/* fpmode.h - rounding, exceptions and precision of the floating-point units.
 *
 * Go code relies on the modes a process starts with.  A C function may leave
 * others behind, and C may call back while it has others set.
 */
#ifndef TERN_FFI_FPMODE_H
#define TERN_FFI_FPMODE_H

#include <stdint.h>

struct fp_mode {
  uint32_t sse;  /* MXCSR */
  uint16_t x87;  /* control word */
};

/* Of MXCSR, all but the flags that operations leave: not modes. */
#define FP_SSE_MODES 0xffc0u
#define FP_GO_SSE 0x1f80u
#define FP_GO_X87 0x037fu

static inline struct fp_mode fp_mode_now(void) {
  struct fp_mode m;
  __asm__ volatile("stmxcsr %0" : "=m"(m.sse));
  __asm__ volatile("fnstcw %0" : "=m"(m.x87));
  return m;
}
/* Loads the modes of m unless they are in force: loading costs ten times what
 * looking does. */
static inline void fp_mode_restore(struct fp_mode m) {
  struct fp_mode now = fp_mode_now();
  if (__builtin_expect(((now.sse ^ m.sse) & FP_SSE_MODES) != 0, 0))
    __asm__ volatile("ldmxcsr %0" : : "m"(m.sse));
  if (__builtin_expect(now.x87 != m.x87, 0))
    __asm__ volatile("fldcw %0" : : "m"(m.x87));
}

#endif
