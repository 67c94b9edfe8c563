/* stats.c - consistentHeapStats: see stats.h for the protocol.
 *
 * Unlike Go, each P adds to slots of its own, so that adding is plain; the
 * reader sums them up.  The sequence number and the generation still form the
 * Dekker pair of CS-1: a writer makes its number odd, then reads gen; the reader
 * changes gen, then reads the numbers.
 */
#include "heap/stats.h"

#include "heap/mcache.h"
#include "os/os.h"
#include "sync/hook.h"

static uint32_t gen;              /* atomic; 0, 1, 2, 0, ... */
static struct mcache *all;        /* atomic head; append only */
static struct {
  mutex lock;
  struct heap_stats stats[3];     /* guarded by lock, by generation */
} noP = {.lock = MUTEX_INIT(STATS_NO_P)};
static struct heap_stats total;   /* owned by the reader */

void stats_add_p(struct mcache *c) {
  do c->stats_next = load_rlx(&all);
  while (!cas_rel(&all, c->stats_next, c));
}

struct heap_stats *stats_acquire(void) {
  struct mcache *c = mcache_current();
  if (!c) {
    lock(&noP.lock);
    return &noP.stats[load_rlx(&gen)];
  }
  lock_preemption();
  uint32_t s = add_seq(&c->stats_seq, 1); /* Dekker with stats_read */
  if (s % 2 == 0) throw("heap statistics: transactions nest (CS-4)");
  TERN_HOOK(stats_write, c);
  return &c->stats[load_seq(&gen)];
}

void stats_release(void) {
  struct mcache *c = mcache_current();
  if (!c) {
    unlock(&noP.lock);
    return;
  }
  uint32_t s = add_seq(&c->stats_seq, 1); /* pairs with the reader's wait */
  if (s % 2 != 0) throw("heap statistics: release without acquire");
  unlock_preemption();
}

static void merge(struct heap_stats *from) {
  int64_t *a = (int64_t *)&total, *b = (int64_t *)from;
  for (unsigned i = 0; i < sizeof total / sizeof *a; i++) {
    a[i] += b[i];
    b[i] = 0;
  }
}

void stats_read(struct heap_stats *out) {
  lock_preemption();
  uint32_t prev = load_rlx(&gen);
  lock(&noP.lock);
  xchg_seq(&gen, (prev + 1) % 3); /* Dekker with stats_acquire */
  unlock(&noP.lock);
  TERN_HOOK(stats_read, 0);
  for (struct mcache *c = load_acq(&all); c; c = c->stats_next) {
    for (int spins = 0; load_seq(&c->stats_seq) % 2 != 0; spins++) {
      if (spins < 1000)
        procyield(10);
      else
        os_yield(); /* its thread is off the processor in a short section */
    }
    merge(&c->stats[prev]);
  }
  merge(&noP.stats[prev]);
  *out = total;
  unlock_preemption();
}
