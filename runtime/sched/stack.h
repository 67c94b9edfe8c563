/* stack.h - goroutine stacks as chains of segments that never move.
 *
 * A segment:   lo [header | guard STACK_GUARD bytes | usable] hi
 * The prologue compares the stack pointer with lo + STACK_GUARD; the guard is
 * what functions without a check (small leaves, the runtime's C) may use.
 *
 * A call that finds too little room runs on the next segment (tern_morestack)
 * and comes back when it returns; the segment stays linked as a spare, so a loop
 * across the boundary costs a few nanoseconds each time (SC-9).
 */
#ifndef TERN_SCHED_STACK_H
#define TERN_SCHED_STACK_H

#include "sched/g.h"

#define STACK_FIRST (4096 * TERN_STACK_FACTOR)
#define STACK_GUARD (2048 * TERN_STACK_FACTOR)
extern int64_t stack_limit; /* atomic, relaxed: bytes in one goroutine */

/* Gives gp a first segment of at least bytes; false: no memory.  System stack. */
bool stack_init(struct g *gp, int64_t bytes);
/* Frees all segments but the first (goroutine exit). */
void stack_free_spares(struct g *gp);
/* Frees spares above the running segment that were not entered since the last
 * scan.  gp's stack claimed. */
void stack_trim(struct g *gp);
/* gp unwound to sp (recover): back to the segment that contains it. */
void stack_unwind_to(uintptr_t sp);
/* Restores the real guard unless a stop is asked for. */
void stack_reset_guard(struct g *gp);
/* Its two halves, for a caller that has a full fence between them. */
void stack_set_guard(struct g *gp);
void stack_poison_if_asked(struct g *gp);
/* GODEBUG=segments=1: every call that checks its stack goes to a segment of its
 * own, as far as its frame is small; finds what relies on one piece of stack. */
extern bool stack_switch_always;
/* GODEBUG=polls=N: each N-th poll that takes the slow path yields; 0: none. */
extern uint32_t poll_yields;

/* Set while phase != OFF: a freed large segment is kept aside, so that its
 * pages do not become an object span under the marker's eyes (SC-9). */
extern bool stack_defer_frees;
/* Returns what was kept aside and free pool spans to the heap, at most so many spans;
 * false: nothing is left.  Phase OFF.  System stack. */
bool stack_pool_trim(int spans);

/* Runs fn(arg) in goroutine context with at least `need` bytes of stack. */
void with_stack(int64_t need, void (*fn)(void *), void *arg);

#endif
