/* stats.c - consistentHeapStats: see stats.h for the protocol.
 *
 * Unlike Go, each P adds to slots of its own, so that adding is plain; the
 * reader sums them up.  The sequence number and the generation still form the
 * Dekker pair of CS-1: a writer makes its number odd, then reads gen; the reader
 * changes gen, then reads the numbers.
 *
 * What the rooms count is held against what the os room gave (stats_check):
 *   committed + released = heap_used;  committed = os_backed
 *   in_heap + in_stacks + in_manual <= committed;  free <= alloc
 *   heap_used + all of sys_stats + threads + traces = os_mapped
 * Threads without a P map memory also while the world is stopped (golang/go#64401),
 * so each change of both sides is bracketed (os/ledger.c) and a look that met one
 * is taken again.
 */
#include "heap/stats.h"

#include "heap/mcache.h"
#include "os/os.h"
#include "sync/hook.h"
#include "trace/trace.h"

static uint32_t gen;              /* atomic; 0, 1, 2, 0, ... */
static struct mcache *all;        /* atomic head; append only */
static struct {
  mutex lock;
  struct heap_stats stats[3];     /* guarded by lock, by generation */
} noP = {.lock = MUTEX_INIT(STATS)};
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
  pseudo_lock(RANK_STATS, c); /* the reader waits for it */
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
  pseudo_unlock(RANK_STATS, c);
  unlock_preemption();
}

static void merge(struct heap_stats *from) {
  int64_t *a = (int64_t *)&total, *b = (int64_t *)from;
  for (unsigned i = 0; i < sizeof total / sizeof *a; i++) {
    a[i] += b[i];
    b[i] = 0;
  }
}

/* Moves the generation on and adds up what the last one has. */
static void advance(struct heap_stats *out) {
  uint32_t prev = load_rlx(&gen);
  lock(&noP.lock);
  xchg_seq(&gen, (prev + 1) % 3); /* Dekker with stats_acquire */
  unlock(&noP.lock);
  TERN_HOOK(stats_read, 0);
  lock_may_acquire(RANK_STATS); /* in effect: waits for writers */
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
}

/* ---- What must be equal -------------------------------------------------- */

int64_t stats_checked, stats_unchecked;

/* One look at everything, taken while no memory was being mapped. */
struct look {
  struct heap_stats heap;
  struct sys_stats sys;
  int64_t used, threads, trace, mapped, backed;
};

static bool take_look(struct look *l) {
  for (int tries = 0; tries < 100; tries++) {
    uint64_t stamp;
    bool quiet = os_quiet(&stamp);
    advance(&l->heap);
    l->used = (int64_t)load_rlx(&heap_used);
    const int64_t *from = (const int64_t *)&sys_stats;
    for (unsigned i = 0; i < sizeof l->sys / sizeof *from; i++)
      ((int64_t *)&l->sys)[i] = load_rlx(&from[i]);
    l->threads = load_rlx(&os_thread_memory);
    l->trace = trace_memory();
    l->mapped = load_rlx(&os_mapped);
    l->backed = load_rlx(&os_backed);
    if (quiet && os_quiet_since(stamp)) return true;
    os_yield();
  }
  return false;
}

/* The equations.  CS-6: freed never leads allocated. */
static void check_look(const struct look *l) {
  const struct heap_stats *h = &l->heap;
  const struct sys_stats *s = &l->sys;
  if (h->committed + h->released != l->used)
    throw("statistics: committed %ld + released %ld != heap range %ld",
          (long)h->committed, (long)h->released, (long)l->used);
  if (h->committed != l->backed)
    throw("statistics: committed %ld, but %ld bytes of the heap are in use",
          (long)h->committed, (long)l->backed);
  if (h->in_heap < 0 || h->in_stacks < 0 || h->in_manual < 0 ||
      h->in_heap + h->in_stacks + h->in_manual > h->committed)
    throw("statistics: spans %ld, stacks %ld, other %ld do not fit in %ld bytes",
          (long)h->in_heap, (long)h->in_stacks, (long)h->in_manual, (long)h->committed);
  if (h->free_bytes > h->alloc_bytes || h->free_count > h->alloc_count)
    throw("statistics: freed %ld of %ld bytes, %ld of %ld objects", (long)h->free_bytes,
          (long)h->alloc_bytes, (long)h->free_count, (long)h->alloc_count);
  int64_t sum = l->used + s->spans + s->bits + s->layouts + s->mcaches + s->gc +
                s->other + s->unused + l->threads + l->trace;
  if (sum != l->mapped)
    throw("statistics: the parts are %ld bytes, %ld are mapped: heap %ld, spans %ld, "
          "bits %ld, layouts %ld, caches %ld, gc %ld, other %ld, unused %ld, "
          "threads %ld, trace %ld", (long)sum, (long)l->mapped, (long)l->used,
          (long)s->spans, (long)s->bits, (long)s->layouts, (long)s->mcaches,
          (long)s->gc, (long)s->other, (long)s->unused, (long)l->threads,
          (long)l->trace);
}

void stats_check(struct heap_stats *out) {
  lock_preemption();
  struct look l;
  if (take_look(&l)) {
    check_look(&l);
    stats_checked++;
  } else {
    stats_unchecked++;
  }
  *out = l.heap;
  unlock_preemption();
}

void stats_read(struct heap_stats *out) {
  if (TERN_DEBUG) {
    stats_check(out);
    return;
  }
  lock_preemption();
  advance(out);
  unlock_preemption();
}
