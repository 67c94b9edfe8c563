/* ghead.h - the part of a goroutine that emitted code reads: the stack check of
 * each prologue and the poll of each long loop.
 *
 * Both look at one word of the thread; a poisoned value asks for a stop.
 */
#ifndef TERN_SCHED_GHEAD_H
#define TERN_SCHED_GHEAD_H

#include "heap/type.h"

/* ---- The stack check ----------------------------------------------------- */

/* The running goroutine; NULL before the scheduler starts. */
struct g;
extern __thread struct g *tern_g __attribute__((tls_model("local-exec")));

/* The bound of the running goroutine's stack segment, or TERN_STACK_PREEMPT,
 * which asks for a stop.  It belongs to the thread, not to the goroutine, so
 * that a check is one instruction: measured on N-queens, 1.50 s against 1.25 s
 * without any check when the word was reached through tern_g.  Atomic, relaxed;
 * other threads poison it through struct m. */
extern __thread uintptr_t tern_stackguard
    __attribute__((tls_model("local-exec")));
#if TERN_SANITIZED
#define tern_g (*TERN_HERE(tern_g))
#define tern_stackguard (*TERN_HERE(tern_stackguard))
#endif
#define TERN_STACK_PREEMPT ((uintptr_t)-1314)

/* CC="gcc -DTERN_POLLS=1" tern build: every poll, and every prologue, takes the slow
 * path; GODEBUG=polls=N says how often that yields. */
#ifndef TERN_POLLS
#define TERN_POLLS 0
#endif
void tern_poll_slow(void);

/* CC="gcc -DTERN_SEGMENTS=1" tern build: every call of a function that has a prologue
 * goes to a segment of its own.  The prologue asks for it; the crossing tells the
 * prologue, which it runs for a second time, that it was there. */
#ifndef TERN_SEGMENTS
#define TERN_SEGMENTS 0
#endif
enum { TERN_CROSS_NOT, TERN_CROSS_ASKED, TERN_CROSS_DONE };
extern __thread uint8_t tern_cross __attribute__((tls_model("local-exec")));
#if TERN_SANITIZED
#define tern_cross (*TERN_HERE(tern_cross))
#endif
/* low: the segment is too small even so. */
static inline bool tern_must_cross(bool low) {
  bool there = tern_cross == TERN_CROSS_DONE;
  tern_cross = there ? TERN_CROSS_NOT : TERN_CROSS_ASKED;
  return !there || low;
}

/* The stack pointer, read only. */
register uintptr_t tern_sp __asm__("rsp");

/* True if this frame lies below the guard, or a stop is asked for.  Read in
 * the prologue; if true, return NAME__grow(args), which packs the arguments and
 * calls tern_morestack.  One instruction on memory, which gcc does not make of
 * an atomic load; and it must weigh no more than that to the inliner (`inline`),
 * so that small recursive functions unfold: N-queens takes 0.86 of the time. */
static inline bool tern_stack_low(void) {
  TERN_SIM_POINT(&tern_stackguard, "prologue");
  bool low;
  __asm__ inline volatile("cmpq %%rsp, %1" : "=@ccae"(low) : "m"(tern_stackguard));
  if (TERN_SEGMENTS) return tern_must_cross(low);
  if (TERN_POLLS && !low) tern_poll_slow();
  return TERN_UNLIKELY(low);
}
/* The same for a function whose frame needs `need` more bytes. */
static inline bool tern_stack_low_by(uintptr_t need) {
  TERN_SIM_POINT(&tern_stackguard, "prologue");
  bool low = tern_sp <= need ||
             tern_sp - need <= __atomic_load_n(&tern_stackguard, __ATOMIC_RELAXED);
  if (TERN_SEGMENTS) return tern_must_cross(low);
  return TERN_UNLIKELY(low);
}
/* Serves a stop request, or links a larger segment, then runs fn(args) with at
 * least `need` bytes of stack below it and returns when fn did.  [poll] */
void tern_morestack(void (*fn)(void *), void *args, int64_t need);

/* Loop back-edge poll.  [poll] */
static inline void tern_poll(void) {
  TERN_SIM_POINT(&tern_stackguard, "poll");
  if (TERN_POLLS ||
      TERN_UNLIKELY(__atomic_load_n(&tern_stackguard, __ATOMIC_RELAXED) ==
                    TERN_STACK_PREEMPT))
    tern_poll_slow();
}

/* Starts a goroutine that runs fn(); fn takes no arguments, results are
 * dropped.  [poll] */
void tern_go(tern_func fn);

#endif
