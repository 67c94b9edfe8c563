/* lock.c - the futex lock, notes, fastrand. */
#include "sync/lock.h"

#include "os/os.h"
#include "os/print.h"
#include "sync/atomic.h"

/* ---- The lock ----------------------------------------------------------- */

enum { FREE, HELD, CONTENDED };
enum { SPINS = 4, PAUSES = 30 };

/* Where the stack of the function that has this begins. */
#define FRAME ((uintptr_t)__builtin_frame_address(0))

static void lock_slow(mutex *l) {
  for (int i = 0; i < SPINS; i++) {
    procyield(PAUSES);
    if (load_rlx(&l->key) == FREE && cas_acq(&l->key, FREE, HELD)) return;
  }
  /* From here on we do not know whether others sleep, so we hold it as
   * CONTENDED; at worst the unlock makes one needless wake. */
  while (xchg_acq(&l->key, CONTENDED) != FREE)
    os_futex_wait(&l->key, CONTENDED, -1);
}

void lock(mutex *l) {
  tern_locks++;
  if (TERN_DEBUG) rank_check((enum lock_rank)l->rank, l, FRAME);
  if (!cas_acq(&l->key, FREE, HELD)) lock_slow(l);
  if (TERN_DEBUG) rank_push((enum lock_rank)l->rank, l, FRAME);
}

bool try_lock(mutex *l) {
  tern_locks++;
  if (cas_acq(&l->key, FREE, HELD)) {
    if (TERN_DEBUG) rank_push((enum lock_rank)l->rank, l, FRAME);
    return true;
  }
  tern_locks--;
  return false;
}

void unlock(mutex *l) {
  if (TERN_DEBUG) rank_pop((enum lock_rank)l->rank, l);
  uint32_t old = xchg_rel(&l->key, FREE);
  if (old == FREE) throw("unlock of a free lock");
  if (old == CONTENDED) os_futex_wake(&l->key, 1);
  tern_locks--;
}

/* ---- Notes -------------------------------------------------------------- */

enum { CLEAR, WOKEN, ASLEEP };

void note_clear(note *n) { store_rlx(&n->key, CLEAR); }

void note_wake(note *n) {
  /* Release pairs with the acquire of the sleeper.  From the exchange on the
   * sleeper may return and the note be gone; a wake of its address is then one
   * for nothing, which every sleeper bears. */
  uint32_t old = xchg_seq(&n->key, WOKEN);
  if (old == WOKEN) throw("a note was woken twice");
  if (old == ASLEEP) os_futex_wake(&n->key, 1);
}

bool note_is_woken(note *n) { return load_acq(&n->key) == WOKEN; }

void note_sleep(note *n) {
  cas_acq(&n->key, CLEAR, ASLEEP);
  while (!note_is_woken(n)) os_futex_wait(&n->key, ASLEEP, -1);
}

bool note_sleep_ns(note *n, int64_t ns) {
  int64_t deadline = os_nanotime() + ns;
  cas_acq(&n->key, CLEAR, ASLEEP);
  while (!note_is_woken(n)) {
    int64_t left = deadline - os_nanotime();
    if (left > 0)
      os_futex_wait(&n->key, ASLEEP, left);
    else if (cas_acq(&n->key, ASLEEP, CLEAR))
      return false;
    /* else woken just now, which is only acquired by looking again */
  }
  return true;
}

/* ---- fastrand ----------------------------------------------------------- */

/* xorshift64*; Vigna, "An experimental exploration of Marsaglia's xorshift
 * generators, scrambled", 2016. */
uint32_t fastrand(void) {
  static __thread uint64_t s;
  uint64_t x = s;
  if (x == 0) x = os_random() | 1;
  x ^= x >> 12;
  x ^= x << 25;
  x ^= x >> 27;
  s = x;
  return (uint32_t)((x * 0x2545f4914f6cdd1du) >> 32);
}
