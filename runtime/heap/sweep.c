/* sweep.c - sweeping spans, the central lists, proportional sweep.
 *
 * Marks become alloc bits: a slot that was not marked is free.  No memory of
 * the objects is touched; it is zeroed when it is handed out again.
 *
 * The count of active sweepers and the "drained" bit share one word, so that
 * nobody can begin after the sweep was found drained (SW-1).
 */
#include "heap/sweep.h"

#include <string.h>

#include "heap/mcache.h"
#include "heap/poison.h"
#include "heap/stats.h"
#include "os/os.h"
#include "sync/hook.h"
#include "trace/trace.h"

uint32_t heap_sweepgen = 2;
int64_t sweep_freed_bytes;
void (*sweep_finalizers)(struct span *s);
bool sweep_check_zombies = TERN_DEBUG;

#define DRAINED 0x80000000u
static struct {
  uint32_t active;       /* atomic: sweepers at work | DRAINED */
  bool open;             /* atomic: caches of the old cycle may still come in */
  uint32_t cursor;       /* atomic: layout to look at next, statistic */
  int64_t pages_swept;   /* atomic: since sweep_start */
  double pages_per_byte; /* atomic, relaxed, as bits: 0 = no need */
  /* where pages_swept and bytes_taken stood when the ratio was set; written only
   * while the world is stopped */
  int64_t pages_basis, bytes_basis;
  int64_t bytes_taken;   /* atomic: bytes of spans taken since sweep_start */
} sweep = {.active = DRAINED};

/* ---- Central lists ------------------------------------------------------ */

/* The heads are also looked at without the lock: is there anything? */
static void list_push(struct span_list *l, struct span *s) {
  s->prev = 0;
  s->next = l->head;
  store_rlx(&l->head, s);
}

static struct span *list_pop(struct span_list *l) {
  struct span *s = l->head;
  if (s) {
    store_rlx(&l->head, s->next);
    s->next = 0;
  }
  return s;
}

static void put(struct span *s, int index) {
  struct central *c = &layouts[s->layout].central;
  bool has_free = s->layout > LAYOUT_LARGE && s->alloc_count < s->nelems;
  lock(&c->lock);
  list_push(has_free ? &c->partial[index] : &c->full[index], s);
  unlock(&c->lock);
}

void central_put(struct span *s) {
  put(s, swept_index(load_rlx(&heap_sweepgen)));
}

void central_put_unswept(struct span *s) {
  put(s, 1 - swept_index(load_rlx(&heap_sweepgen)));
}

/* Takes an unswept span of this layout and makes the caller its owner. */
static struct span *take_unswept(struct central *c, bool partial_only) {
  uint32_t gen = load_rlx(&heap_sweepgen);
  int u = 1 - swept_index(gen);
  if (!load_rlx(&c->partial[u].head) &&
      (partial_only || !load_rlx(&c->full[u].head)))
    return 0;
  lock(&c->lock);
  struct span *s = list_pop(&c->partial[u]);
  if (!s && !partial_only) s = list_pop(&c->full[u]);
  unlock(&c->lock);
  if (s && !cas_seq(&s->sweepgen, gen - 2, gen - 1))
    throw("sweep: span %p on an unswept list has sweepgen %u, heap %u",
          (void *)s->base, s->sweepgen, gen);
  return s;
}

/* ---- One span ----------------------------------------------------------- */

static void check_zombies(struct span *s) {
  const uint64_t *mark = span_bits(markbits, s);
  const uint64_t *alloc = span_bits(allocbits, s);
  for (uint32_t i = s->freeindex; i < s->nelems; i++) {
    uint64_t m = (uint64_t)1 << (i % 64);
    if ((mark[i / 64] & m) && !(alloc[i / 64] & m))
      throw("sweep: slot %u of span %p (%lu bytes) is marked but free", i,
            (void *)s->base, (unsigned long)s->elemsize);
  }
}

/* Slots that nobody owns any more are poisoned, run by run. */
static void poison_free(const struct span *s, const uint64_t *alloc) {
  for (uint32_t i = 0, end; i < s->nelems; i = end + 1) {
    for (end = i; end < s->nelems && !(alloc[end / 64] >> end % 64 & 1); end++) {
    }
    if (end > i) san_poison(s->base + i * s->elemsize, (end - i) * s->elemsize);
  }
}

/* Fills the slots that this sweep frees. */
static void poison_dead(struct span *s) {
  const uint64_t *mark = span_bits(markbits, s);
  const uint64_t *alloc = span_bits(allocbits, s);
  for (uint32_t i = 0; i < s->nelems; i++) {
    uint64_t m = (uint64_t)1 << (i % 64);
    if ((i < s->freeindex || (alloc[i / 64] & m)) && !(mark[i / 64] & m))
      poison_fill(s->base + (uintptr_t)i * s->elemsize, s->elemsize);
  }
}

bool sweep_span(struct span *s) {
  uint32_t gen = load_rlx(&heap_sweepgen);
  if (load_rlx(&s->sweepgen) != gen - 1 || s->state != SPAN_INUSE)
    throw("sweep: span %p is not ours (sweepgen %u, heap %u, state %d)",
          (void *)s->base, s->sweepgen, gen, s->state);
  lock_may_acquire(RANK_FINALIZERS);
  if (load_rlx(&s->finalizers)) sweep_finalizers(s);
  if (TERN_DEBUG || sweep_check_zombies) check_zombies(s);
  if (heap_poison && s->layout > LAYOUT_LARGE) poison_dead(s);
  uint64_t *mark = span_bits(markbits, s), *alloc = span_bits(allocbits, s);
  uint32_t words = (s->nelems + 63) / 64, live = 0;
  for (uint32_t i = 0; i < words; i++) {
    uint64_t m = mark[i];
    live += (uint32_t)__builtin_popcountl(m);
    alloc[i] = m;
    mark[i] = 0;
  }
  uint32_t freed = s->alloc_count - live;
  add_rlx(&sweep.pages_swept, s->npages);
  if (freed > 0) {
    int64_t bytes = (int64_t)freed * (int64_t)s->elemsize;
    add_rlx(&sweep_freed_bytes, bytes);
    struct heap_stats *st = stats_acquire();
    st->free_bytes += bytes;
    st->free_count += freed;
    st->class_free[layouts[s->layout].cls] += freed;
    stats_release();
    s->needzero = true;
    if (TERN_ASAN && live > 0) poison_free(s, alloc);
  }
  s->alloc_count = live;
  if (live == 0) {
    ASSERT(!s->finalizers);
    span_free(s);
    return false;
  }
  /* A large object stays "allocated" by its freeindex. */
  store_rlx(&s->freeindex, s->layout <= LAYOUT_LARGE ? 1 : 0);
  store_rel(&s->sweepgen, gen); /* last: SW-1 */
  return true;
}

/* ---- Sweepers ----------------------------------------------------------- */

static bool begin(void) {
  for (;;) {
    uint32_t a = load_acq(&sweep.active);
    if (a & DRAINED) return false;
    if (cas_seq(&sweep.active, a, a + 1)) break;
  }
  lock_preemption();
  TERN_HOOK(sweep_begin, 0);
  return true;
}

static void end(void) {
  TERN_HOOK(sweep_end, 0);
  uint32_t gen = load_rlx(&heap_sweepgen); /* it stays while somebody sweeps */
  if (sub_seq(&sweep.active, 1) == DRAINED) TRACE(SWEEP_END, gen / 2 - 1);
  unlock_preemption();
}

static void mark_drained(void) {
  if (load_acq(&sweep.open)) return; /* more may come from caches */
  fetch_or_seq(&sweep.active, DRAINED);
}

uintptr_t sweepone(void) {
  lock_may_acquire(RANK_CENTRAL);
  lock_may_acquire(RANK_HEAP); /* a span that is free */
  if (!begin()) return UINTPTR_MAX;
  bool open = load_acq(&sweep.open); /* before the look, so a miss is final */
  uint32_t n = load_acq(&nlayouts);
  uint32_t from = load_rlx(&sweep.cursor);
  for (uint32_t k = 0; k < n; k++) {
    uint32_t l = (from + k) % n;
    struct span *s = take_unswept(&layouts[l].central, false);
    if (!s) continue;
    store_rlx(&sweep.cursor, l);
    uintptr_t npages = s->npages;
    if (sweep_span(s)) central_put(s);
    end();
    return npages;
  }
  if (!open) mark_drained();
  end();
  return UINTPTR_MAX;
}

bool sweep_is_done(void) { return load_acq(&sweep.active) == DRAINED; }

void sweep_start(void) {
  CHECK(sweep_is_done());
  add_seq(&heap_sweepgen, 2);
  store_rlx(&sweep.open, true);
  store_rlx(&sweep.cursor, 0);
  store_rlx(&sweep.pages_swept, 0);
  store_rlx(&sweep.bytes_taken, 0);
  store_rlx(&sweep_freed_bytes, 0);
  sweep.pages_per_byte = 0;
  store_seq(&sweep.active, 0);
}

void sweep_flushed(void) { store_rel(&sweep.open, false); }

void sweep_finish(void (*yield)(void)) {
  while (sweepone() != UINTPTR_MAX)
    if (yield) yield();
  while (!sweep_is_done()) {
    if (sweepone() == UINTPTR_MAX) os_yield();
    if (yield) yield();
  }
}

struct span *central_take(uint32_t layout) {
  lock_may_acquire(RANK_CENTRAL);
  lock_may_acquire(RANK_HEAP); /* a span that is free */
  struct central *c = &layouts[layout].central;
  int w = swept_index(load_rlx(&heap_sweepgen));
  struct span *s = 0;
  if (load_rlx(&c->partial[w].head)) {
    lock(&c->lock);
    s = list_pop(&c->partial[w]);
    unlock(&c->lock);
    if (s) return s;
  }
  if (!begin()) return 0;
  /* Spans that had free slots before come first; of the full ones only a few,
   * so that one allocation does not sweep the world (Go's budget is 100). */
  struct span *found = 0;
  for (int budget = 32; budget > 0 && !found; budget--) {
    s = take_unswept(c, false);
    if (!s) break;
    if (!sweep_span(s)) continue; /* freed whole: it is not ours any more */
    if (s->alloc_count < s->nelems)
      found = s;
    else
      central_put(s);
  }
  end();
  return found;
}

/* ---- Proportional sweep ------------------------------------------------- */

void sweep_set_pace(int64_t runway) {
  /* From here on: a new ratio says nothing about what was taken under the old one,
   * else whoever allocates next would sweep for all of that (golang/go#15022). */
  sweep.pages_basis = load_rlx(&sweep.pages_swept);
  sweep.bytes_basis = load_rlx(&sweep.bytes_taken);
  int64_t pages = (int64_t)(load_rlx(&heap_used) >> PAGE_SHIFT) - sweep.pages_basis;
  if (pages < 1) pages = 1;
  if (runway < (int64_t)PAGE_SIZE) runway = (int64_t)PAGE_SIZE;
  double r = (double)pages / (double)runway;
  __atomic_store(&sweep.pages_per_byte, &r, __ATOMIC_RELAXED);
}

void sweep_pay(uintptr_t pages) {
  double r;
  __atomic_load(&sweep.pages_per_byte, &r, __ATOMIC_RELAXED);
  if (r == 0) return;
  int64_t bytes =
      add_rlx(&sweep.bytes_taken, (int64_t)(pages << PAGE_SHIFT));
  int64_t target = sweep.pages_basis + (int64_t)(r * (double)(bytes - sweep.bytes_basis));
  while (load_rlx(&sweep.pages_swept) < target)
    if (sweepone() == UINTPTR_MAX) {
      double zero = 0;
      __atomic_store(&sweep.pages_per_byte, &zero, __ATOMIC_RELAXED);
      return;
    }
}
