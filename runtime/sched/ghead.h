/* ghead.h - the part of a goroutine that emitted code reads: the stack check of
 * each prologue and the poll of each long loop.
 *
 * Both look at one word, stackguard0; a poisoned value asks for a stop.
 */
#ifndef TERN_SCHED_GHEAD_H
#define TERN_SCHED_GHEAD_H

#include "heap/type.h"

/* ---- The goroutine's own words ------------------------------------------ */

/* The part of a goroutine that emitted code sees: the head of struct g. */
struct tern_g_head {
  uintptr_t stackguard0; /* atomic, relaxed; TERN_STACK_PREEMPT asks for a stop */
};
#define TERN_STACK_PREEMPT ((uintptr_t)-1314)

extern __thread struct tern_g_head *tern_g
    __attribute__((tls_model("local-exec")));

/* The stack pointer, read only. */
register uintptr_t tern_sp __asm__("rsp");

/* True if this frame lies below the guard, or a stop is asked for.  Read in
 * the prologue; if true, return NAME__grow(args), which packs the arguments and
 * calls tern_morestack. */
static inline bool tern_stack_low(void) {
  return TERN_UNLIKELY(
      tern_sp <= __atomic_load_n(&tern_g->stackguard0, __ATOMIC_RELAXED));
}
/* The same for a function whose frame needs `need` more bytes. */
static inline bool tern_stack_low_by(uintptr_t need) {
  return TERN_UNLIKELY(
      tern_sp <= need ||
      tern_sp - need <= __atomic_load_n(&tern_g->stackguard0, __ATOMIC_RELAXED));
}
/* Serves a stop request, or links a larger segment, then runs fn(args) with at
 * least `need` bytes of stack below it and returns when fn did.  [poll] */
void tern_morestack(void (*fn)(void *), void *args, int64_t need);

/* Loop back-edge poll.  [poll] */
void tern_poll_slow(void);
static inline void tern_poll(void) {
  if (TERN_UNLIKELY(__atomic_load_n(&tern_g->stackguard0, __ATOMIC_RELAXED) ==
                    TERN_STACK_PREEMPT))
    tern_poll_slow();
}

/* Starts a goroutine that runs fn(); fn takes no arguments, results are
 * dropped.  [poll] */
void tern_go(tern_func fn);

#endif
