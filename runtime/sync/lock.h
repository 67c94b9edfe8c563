/* lock.h - ranked locks and notes.
 *
 * A mutex blocks the thread, so whoever holds one must not be descheduled: lock
 * counts itself in tern_locks, and a goroutine with tern_locks > 0 is not
 * preemptible.  In the debug build each thread keeps the stack of ranks it
 * holds, and lock() throws when a rank is not above all of them (LK-1); the
 * single exception is hchan, taken several times in the order of addresses.
 *
 * A note is a one-shot event: one sleeper, one waker, cleared only after the
 * sleep returned (PRK-8).
 */
#ifndef TERN_SYNC_LOCK_H
#define TERN_SYNC_LOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "os/sanitize.h"

/* Outermost first.  The order is the rule: a thread that holds a lock may only
 * take locks further down this list. */
#define TERN_LOCK_RANKS(X)                                                  \
  X(SYSMON) X(TRACE_READER) X(FORCEGC) X(ASSIST_QUEUE) X(SWEEP_WAITERS) X(SEMA_TABLE)       \
  X(MAP_TABLE) X(ITAB) X(TIMERS) X(HCHAN) X(SUDOG) X(SCHED) X(ALLG)         \
  X(STACK_POOL) X(LAYOUTS) X(CENTRAL) X(WORKBUF) X(HEAP) X(PERSISTENT)      \
  X(TRACE) X(STATS_NO_P) X(PRINT)

enum lock_rank {
  RANK_NONE, /* not checked */
#define TERN_RANK_ENUM(name) RANK_##name,
  TERN_LOCK_RANKS(TERN_RANK_ENUM)
#undef TERN_RANK_ENUM
  RANK_COUNT
};

typedef struct mutex {
  uint32_t key; /* atomic: 0 free, 1 held, 2 held and somebody sleeps */
  uint32_t rank;
} mutex;
#define MUTEX_INIT(r) {0, RANK_##r}

/* Locks held by this thread, plus regions that forbid preemption. */
extern __thread int32_t tern_locks __attribute__((tls_model("local-exec")));
#if TERN_SANITIZED
#define tern_locks (*TERN_HERE(tern_locks))
#endif

/* Blocks the thread until the lock is held. */
void lock(mutex *l);
void unlock(mutex *l);
bool try_lock(mutex *l);
/* Prints where a held lock was taken, before the throw that names the violation;
 * set by the debug room. */
extern void (*lock_site_hook)(const char *lock, uintptr_t pc);
/* Throws unless this thread holds l (debug build only). */
void assert_held(mutex *l);
/* Throws if this thread holds a lock of this rank while it does something that
 * must not happen under it, in words (debug build only). */
void assert_rank_free(enum lock_rank r, const char *doing);
/* Throws if this thread holds any ranked lock (debug build only). */
void assert_no_locks(void);

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
