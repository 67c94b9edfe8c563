/* sweep.h - freeing what was not marked, span by span, beside the mutator.
 *
 * heap_sweepgen grows by 2 each cycle; with h its value, a span's sweepgen is
 *   h-2  to be swept                 h-1  being swept, by its owner alone
 *   h    swept                       h+3  swept, then cached by a P
 *   h+1  cached since before this sweep began; only its P may touch it
 * Ownership moves by CAS h-2 -> h-1 (SW-1).
 */
#ifndef TERN_HEAP_SWEEP_H
#define TERN_HEAP_SWEEP_H

#include "heap/heap.h"

extern uint32_t heap_sweepgen; /* atomic; written in mark termination */

static inline int swept_index(uint32_t gen) { return (gen / 2) & 1; }

/* Sweeps one span somewhere; returns its pages, or UINTPTR_MAX if there was
 * nothing left.  P held or system stack; not preempted meanwhile. */
uintptr_t sweepone(void);
/* Sweeps s, which the caller owns (sweepgen == h-1), and frees it or leaves
 * free slots in it; false if it was freed.  Puts it on no list. */
bool sweep_span(struct span *s);
/* No unswept span is left and no sweeper is active. */
bool sweep_is_done(void);
/* World stopped: everything becomes unswept.  Held open until
 * sweep_flushed() says that every P's cache was flushed (MT-6). */
void sweep_start(void);
void sweep_flushed(void);
/* Sweeps until nothing is left and no other sweeper is active. */
void sweep_finish(void (*yield)(void));

/* Proportional sweep: to be called before a span of `pages` is taken (SW-2). */
void sweep_pay(uintptr_t pages);
/* Sets the ratio so that sweeping ends when the heap has grown by runway more.  World
 * stopped. */
void sweep_set_pace(int64_t runway_bytes);

/* Before a span with finalizers is swept, by its owner: marks what is to be kept. */
extern void (*sweep_finalizers)(struct span *s);
extern int64_t sweep_freed_bytes; /* atomic, statistic: since sweep_start */
extern bool sweep_check_zombies;

/* Takes a span with free slots of this layout out of the central lists, swept
 * and owned by the caller; NULL if a new one must be made. */
struct span *central_take(uint32_t layout);
/* Puts a swept span back. */
void central_put(struct span *s);
/* Puts an unswept span back (sweepgen h-2). */
void central_put_unswept(struct span *s);

#endif
