/* timer.h - run something at a time.
 *
 * A timer is part of a larger object of its owner (GC heap or static).  The
 * heap of pending timers is a root: an armed timer stays alive.  f runs on the
 * system stack of some M with a P; it must be short, may ready goroutines, start
 * them and send without blocking, and may not park.
 */
#ifndef TERN_SCHED_TIMER_H
#define TERN_SCHED_TIMER_H

#include <stdbool.h>
#include <stdint.h>

/* Zero-initialised is stopped.  48 bytes; mirrored by time.runtimeTimer. */
struct timer {
  int64_t when;   /* nanotime */
  int64_t period; /* > 0: again every so often */
  void (*f)(void *arg, int64_t seq);
  void *arg;      /* may point into the heap */
  int64_t seq;    /* passed to f */
  int64_t index;  /* place in the heap + 1, or 0; guarded by the timers' lock */
};

/* Arms t for t->when; if armed, moves it.  True if it was armed. */
bool timer_start(struct timer *t, int64_t when, int64_t period);
/* True if it was armed; then f will not run any more for that arming. */
bool timer_stop(struct timer *t);
/* time.Sleep.  Goroutine context. */
void goroutine_sleep(int64_t ns);

/* Runs what is due, but not more than some hundred timers: a stop or another goroutine
 * may wait.  Returns the time of the next, or 0; it may be due.  Needs a P. */
int64_t timers_run(int64_t now);
/* The earliest `when`, or 0: a look without lock. */
int64_t timers_next(void);
int64_t timers_armed(void);
/* Calls visit for the timers at places from..to-1 of the heap, under the lock.  For
 * the collector: whoever visits all places that were there once since the barrier is
 * on, in any order, has seen each timer or it is shaded. */
void timers_visit(int64_t from, int64_t to, void (*visit)(struct timer *, void *),
                  void *arg);

#endif
