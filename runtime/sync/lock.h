/* lock.h - ranked locks and notes.
 *
 * A mutex blocks the thread, so whoever holds one must not be descheduled: lock
 * counts itself in tern_locks, and a goroutine with tern_locks > 0 is not
 * preemptible.  Every mutex has a rank of sync/lockrank.txt; the debug build
 * throws when one is taken out of order or has none (lockrank.h).
 *
 * A note is a one-shot event: one sleeper, one waker, cleared only after the
 * sleep returned (PRK-8).
 */
#ifndef TERN_SYNC_LOCK_H
#define TERN_SYNC_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "os/sanitize.h"
#include "sync/lockrank.h"

typedef struct mutex {
  uint32_t key; /* atomic: 0 free, 1 held, 2 held and somebody sleeps */
  uint32_t rank; /* constant: enum lock_rank */
} mutex;
#define MUTEX_INIT(r) {0, RANK_##r}
/* For one that is not a variable: zeroed memory. */
static inline void lock_init(mutex *l, enum lock_rank r) { l->rank = r; }

/* Locks held by this thread, plus regions that forbid preemption. */
extern __thread int32_t tern_locks __attribute__((tls_model("local-exec")));
#if TERN_SANITIZED
#define tern_locks (*TERN_HERE(tern_locks))
#endif

/* Blocks the thread until the lock is held. */
void lock(mutex *l);
void unlock(mutex *l);
bool try_lock(mutex *l);
/* Throws unless this thread holds l (debug build only). */
static inline void assert_held(mutex *l) {
  if (TERN_DEBUG) rank_assert_held((enum lock_rank)l->rank, l);
}

/* Forbids and allows preemption of the running goroutine. */
static inline void lock_preemption(void) {
  tern_locks++;
  __asm__ volatile("" ::: "memory");
}
static inline void unlock_preemption(void) {
  __asm__ volatile("" ::: "memory");
  tern_locks--;
}

typedef struct note {
  uint32_t key; /* atomic: 0 clear, 1 woken, 2 clear and somebody sleeps */
} note;
void note_clear(note *n);
/* Wakes the sleeper, present or future.  Throws on a second wake. */
void note_wake(note *n);
/* True from the wake to the clear; the sleeper's own. */
bool note_is_woken(note *n);
/* Blocks the thread until woken. */
void note_sleep(note *n);
/* The same for at most ns; false if the time passed without a wake. */
bool note_sleep_ns(note *n, int64_t ns);

/* A fast generator for scheduling decisions, one a thread; never for keys. */
uint32_t fastrand(void);
static inline uint32_t fastrandn(uint32_t n) {
  return (uint32_t)(((uint64_t)fastrand() * n) >> 32);
}

#endif
