/* lock.c - the futex lock, its rank check, notes, fastrand. */
#include "sync/lock.h"

#include "os/os.h"
#include "os/print.h"
#include "sync/atomic.h"

static const char *const rank_names[RANK_COUNT] = {
    "none",
#define TERN_RANK_NAME(name) #name,
    TERN_LOCK_RANKS(TERN_RANK_NAME)
#undef TERN_RANK_NAME
};

/* ---- Rank check (debug build) ------------------------------------------- */

#define MAX_HELD 64
static __thread struct {
  mutex *held[MAX_HELD];
  uintptr_t pc[MAX_HELD]; /* where each was taken */
  int n;
  int more; /* channels of a large select, not recorded one by one */
} ranks;

void (*lock_site_hook)(const char *lock, uintptr_t pc);

/* Only the deepest lock needs a look: the stack is ordered by construction. */
static void rank_check(mutex *l) {
  if (l->rank == RANK_NONE) return;
  for (int i = ranks.n - 1; i >= 0; i--) {
    mutex *h = ranks.held[i];
    if (h->rank == RANK_NONE) continue;
    if (h->rank < l->rank) continue;
    if (h->rank == RANK_HCHAN && l->rank == RANK_HCHAN && h < l) continue;
    if (lock_site_hook) lock_site_hook(rank_names[h->rank], ranks.pc[i]);
    throw("lock rank: %s taken while %s is held (sync/lock.h has the order)",
          rank_names[l->rank], rank_names[h->rank]);
  }
}

static void rank_push(mutex *l, void *pc) {
  if (ranks.n == MAX_HELD && l->rank == RANK_HCHAN) {
    ranks.more++;
    return;
  }
  CHECK(ranks.n < MAX_HELD);
  ranks.pc[ranks.n] = (uintptr_t)pc;
  ranks.held[ranks.n++] = l;
}

static void rank_pop(mutex *l) {
  for (int i = ranks.n - 1; i >= 0; i--) {
    if (ranks.held[i] != l) continue;
    for (; i < ranks.n - 1; i++) {
      ranks.held[i] = ranks.held[i + 1];
      ranks.pc[i] = ranks.pc[i + 1];
    }
    ranks.n--;
    return;
  }
  if (ranks.more > 0 && l->rank == RANK_HCHAN) {
    ranks.more--;
    return;
  }
  throw("unlock of a lock (%s) that this thread does not hold",
        rank_names[l->rank]);
}

void assert_held(mutex *l) {
  if (!TERN_DEBUG) return;
  for (int i = 0; i < ranks.n; i++)
    if (ranks.held[i] == l) return;
  throw("lock %s is not held", rank_names[l->rank]);
}

void assert_rank_free(enum lock_rank r, const char *doing) {
  if (!TERN_DEBUG) return;
  for (int i = 0; i < ranks.n; i++)
    if (ranks.held[i]->rank == r)
      throw("lock %s is held while %s", rank_names[r], doing);
}

void assert_no_locks(void) {
  if (TERN_DEBUG && ranks.n > 0)
    throw("lock %s is held", rank_names[ranks.held[ranks.n - 1]->rank]);
}

/* ---- The lock ----------------------------------------------------------- */

enum { FREE, HELD, CONTENDED };
enum { SPINS = 4, PAUSES = 30 };

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
  if (TERN_DEBUG) rank_check(l);
  if (!cas_acq(&l->key, FREE, HELD)) lock_slow(l);
  if (TERN_DEBUG) rank_push(l, __builtin_return_address(0));
}

bool try_lock(mutex *l) {
  tern_locks++;
  if (cas_acq(&l->key, FREE, HELD)) {
    if (TERN_DEBUG) rank_push(l, __builtin_return_address(0));
    return true;
  }
  tern_locks--;
  return false;
}

void unlock(mutex *l) {
  if (TERN_DEBUG) rank_pop(l);
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
