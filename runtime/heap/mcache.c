/* mcache.c - filling cursors, and giving runs and spans back. */
#include "heap/mcache.h"

#include <string.h>

#include "heap/poison.h"
#include "heap/shadow.h"
#include "heap/sweep.h"
#include "os/os.h"
#include "sync/hook.h"

/* What a thread without a P has: cursors that are all empty. */
static struct tern_cursor no_cursors[MAX_LAYOUTS];
static struct tern_mcache no_cache = {no_cursors};

/* A run is zeroed in one go and still in the first cache when it is handed out:
 * two kilobytes, but at least eight slots if they fit into eight kilobytes. */
#define RUN_BYTES 2048
#define RUN_SLOTS 8
#define RUN_BYTES_MAX 8192

static uint32_t run_limit(uint32_t size) {
  uint32_t n = RUN_BYTES / size;
  if (n < RUN_SLOTS) n = RUN_SLOTS;
  while (n > 1 && n * size > RUN_BYTES_MAX) n--;
  return n;
}

void mcache_set(struct mcache *c) {
  *TERN_HERE(tern_mcache) = c ? &c->head : &no_cache;
}

struct mcache *mcache_current(void) {
  struct tern_mcache *c = *TERN_HERE(tern_mcache);
  return c && c != &no_cache ? (struct mcache *)c : 0;
}

void mcache_init(struct mcache *c) {
  c->head.cursor = os_map(sizeof(struct tern_cursor) * MAX_LAYOUTS, &sys_stats.mcaches);
  if (!c->head.cursor) out_of_memory();
  stats_add_p(c);
}

/* ---- Runs --------------------------------------------------------------- */

/* The first run of free slots at or after `from`: its start and length, at most
 * `most`; length 0 if there is none. */
static uint32_t find_run(struct span *s, uint32_t from, uint32_t most,
                         uint32_t *length) {
  const uint64_t *bits = span_bits(allocbits, s);
  uint32_t i = from, n = s->nelems;
  while (i < n) {
    uint64_t free = ~bits[i / 64] >> (i % 64);
    if (free == 0) {
      i = (i / 64 + 1) * 64;
      continue;
    }
    i += (uint32_t)__builtin_ctzl(free);
    break;
  }
  if (i >= n) {
    *length = 0;
    return n;
  }
  uint32_t end = i;
  while (end < n && end - i < most) {
    uint64_t used = bits[end / 64] >> (end % 64);
    uint32_t run = used ? (uint32_t)__builtin_ctzl(used) : 64 - end % 64;
    end += run;
    if (run < 64 - (end - run) % 64) break; /* stopped at a used slot */
  }
  if (end > n) end = n;
  if (end - i > most) end = i + most;
  *length = end - i;
  return i;
}

/* Sets or clears the mark bits of slots [i, i+n). */
static void mark_range(struct span *s, uint32_t i, uint32_t n, bool on) {
  uint64_t *bits = span_bits(markbits, s);
  while (n > 0) {
    uint32_t k = 64 - i % 64 < n ? 64 - i % 64 : n;
    uint64_t m = (k == 64 ? ~(uint64_t)0 : ((uint64_t)1 << k) - 1) << (i % 64);
    if (on)
      fetch_or_rlx(&bits[i / 64], m);
    else
      fetch_and_rlx(&bits[i / 64], ~m);
    i += k;
    n -= k;
  }
}

/* Takes the next run of s for the cursor; false if s has none. */
static bool take_run(struct mcache *c, struct tern_cursor *cur, struct span *s) {
  uint32_t size = (uint32_t)s->elemsize, n;
  uint32_t i = find_run(s, s->freeindex, run_limit(size), &n);
  if (n == 0) return false;
  uintptr_t p = s->base + (uintptr_t)i * size;
  /* Before the zeroing: its fence would wait for those stores to miss the cache. */
  struct heap_stats *st = stats_acquire();
  st->alloc_bytes += (int64_t)n * size;
  st->alloc_count += n;
  st->class_alloc[layouts[s->layout].cls] += n;
  stats_release();
  if (s->needzero) {
    san_unpoison(p, (size_t)n * size);
    if (heap_poison) poison_check(p, (uintptr_t)n * size, "free slots");
    memset((void *)p, 0, (size_t)n * size);
    san_poison(p, (size_t)n * size);
  }
  if (load_rlx(&shadow_on)) shadow_zero(p, (uintptr_t)n * size);
  if (c->alloc_black) {
    mark_range(s, i, n, true);
    c->black_bytes += (int64_t)n * size;
  }
  TERN_HOOK(run_publish, s);
  /* SPAN-2; pairs with object_is_allocated.  Slots skipped on the way have
   * their alloc bit set. */
  store_rel(&s->freeindex, i + n);
  s->alloc_count += n;
  cur->free = p;
  cur->end = p + (uintptr_t)n * size;
  c->refilled_bytes += (int64_t)n * size;
  return true;
}

/* What is left of the cursor's run goes back to its span. */
static void return_run(struct mcache *c, struct tern_cursor *cur) {
  struct span *s = cur->span;
  if (cur->free == cur->end) return;
  uint32_t size = (uint32_t)s->elemsize;
  uint32_t i = (uint32_t)((cur->free - s->base) / size);
  uint32_t n = (uint32_t)((cur->end - cur->free) / size);
  s->needzero = true; /* what was handed out before may have been written */
  if (heap_poison) poison_fill(cur->free, cur->end - cur->free);
  if (c->alloc_black) {
    mark_range(s, i, n, false);
    c->black_bytes -= (int64_t)n * size;
  }
  store_rel(&s->freeindex, i);
  s->alloc_count -= n;
  c->refilled_bytes -= (int64_t)n * size;
  struct heap_stats *st = stats_acquire();
  st->alloc_bytes -= (int64_t)n * size;
  st->alloc_count -= n;
  st->class_alloc[layouts[s->layout].cls] -= n;
  stats_release();
  cur->free = cur->end = 0;
}

bool mcache_refill(struct mcache *c, uint32_t layout) {
  struct tern_cursor *cur = &c->head.cursor[layout];
  struct layout *L = &layouts[layout];
  cur->size = L->size;
  ASSERT(cur->free == cur->end);
  for (;;) {
    struct span *s = cur->span;
    if (s) {
      if (take_run(c, cur, s)) return true;
      /* Used up: h+3 -> h, then visible to others. */
      ASSERT(s->alloc_count == s->nelems);
      cur->span = 0;
      cur->free = cur->end = 0;
      s->cached = false;
      uint32_t gen = load_rlx(&heap_sweepgen);
      ASSERT(load_rlx(&s->sweepgen) == gen + 3);
      store_rel(&s->sweepgen, gen);
      central_put(s);
    }
    s = central_take(layout);
    if (!s) {
      sweep_pay(L->npages);
      s = span_alloc(L->npages, layout);
      if (!s) return false;
    }
    s->cached = true;
    store_rel(&s->sweepgen, load_rlx(&heap_sweepgen) + 3);
    cur->span = s;
  }
}

/* ---- Between cycles ----------------------------------------------------- */

void mcache_recolour(struct mcache *c) {
  uint32_t n = load_acq(&nlayouts);
  for (uint32_t l = LAYOUT_NOSCAN; l < n; l++) {
    struct tern_cursor *cur = &c->head.cursor[l];
    if (cur->span) return_run(c, cur);
  }
  c->alloc_black = true;
}

void mcache_flush(struct mcache *c) {
  uint32_t n = load_acq(&nlayouts);
  uint32_t gen = load_rlx(&heap_sweepgen);
  for (uint32_t l = LAYOUT_NOSCAN; l < n; l++) {
    struct tern_cursor *cur = &c->head.cursor[l];
    struct span *s = cur->span;
    if (!s) continue;
    return_run(c, cur);
    cur->span = 0;
    cur->free = cur->end = 0;
    s->cached = false;
    uint32_t sg = load_rlx(&s->sweepgen);
    if (sg == gen + 1) { /* cached since before this sweep: now anybody's */
      store_rel(&s->sweepgen, gen - 2);
      central_put_unswept(s);
    } else {
      ASSERT(sg == gen + 3);
      store_rel(&s->sweepgen, gen);
      central_put(s);
    }
  }
  c->alloc_black = false;
}

void mcache_unused(const struct mcache *c, int64_t *bytes, int64_t *count) {
  *bytes = *count = 0;
  uint32_t n = load_acq(&nlayouts);
  for (uint32_t l = LAYOUT_NOSCAN; l < n; l++) {
    const struct tern_cursor *cur = &c->head.cursor[l];
    if (cur->free == cur->end) continue;
    *bytes += (int64_t)(cur->end - cur->free);
    *count += (int64_t)((cur->end - cur->free) / cur->size);
  }
}

struct span *large_alloc(struct mcache *c, int64_t size, bool noscan) {
  uintptr_t npages = ((uintptr_t)size + PAGE_SIZE - 1) >> PAGE_SHIFT;
  sweep_pay(npages);
  uint32_t layout = noscan ? LAYOUT_LARGE_NOSCAN : LAYOUT_LARGE;
  struct span *s = span_alloc(npages, layout);
  if (!s) return 0;
  int64_t bytes = (int64_t)(npages << PAGE_SHIFT);
  if (load_rlx(&shadow_on)) shadow_zero(s->base, (uintptr_t)bytes);
  if (c->alloc_black) {
    mark_range(s, 0, 1, true);
    c->black_bytes += bytes;
  }
  s->alloc_count = 1;
  store_rel(&s->freeindex, 1);
  c->refilled_bytes += bytes;
  struct heap_stats *st = stats_acquire();
  st->alloc_bytes += bytes;
  st->alloc_count++;
  st->large_alloc_count++;
  stats_release();
  central_put(s);
  return s;
}
