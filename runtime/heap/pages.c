/* pages.c - the page allocator: runs of 8 KiB pages out of the reserved range.
 *
 * span_alloc: best fit among the bins (backed runs first, then released ones),
 * else grow.  span_free: coalesce and put into a bin.  All under heap_lock; what
 * it costs is paid once per span, which serves hundreds of objects.
 */
#include "heap/pages.h"

#include <string.h>

#include "heap/poison.h"
#include "heap/stats.h"
#include "heap/sweep.h"
#include "os/os.h"
#include "sync/hook.h"

mutex heap_lock = MUTEX_INIT(HEAP);

/* Bin i < EXACT holds runs of exactly i pages; the others are by powers of two. */
#define EXACT 128
#define BINS (EXACT + 24)
#define GROW_MIN ((uintptr_t)1 << 20)
#define GROW_MAX ((uintptr_t)64 << 20)

/* The tables beside the range, which become accessible with it. */
struct table {
  char *base;
  uintptr_t entry;   /* bytes for each page of heap */
  uintptr_t ready;   /* bytes accessible; guarded by heap_lock */
  int64_t *counter;
};
enum { NTABLES = 5 };

static struct {
  /* guarded by heap_lock */
  struct table tables[NTABLES];
  struct span_list bins[2][BINS]; /* [released] */
  uint64_t nonempty[2][(BINS + 63) / 64];
  uintptr_t reserved;             /* bytes of the range */
  uintptr_t committed;            /* bytes from heap_lo made accessible */
  uint32_t nspans;                /* structures ever made */
  struct span *dead;              /* free structures */
  uintptr_t free_backed;          /* bytes in bins[0]; read without the lock */
} pages;

/* ---- Lists -------------------------------------------------------------- */

static int bin_of(uintptr_t npages) {
  if (npages < EXACT) return (int)npages;
  int b = EXACT + (63 - __builtin_clzl(npages / EXACT));
  return b < BINS ? b : BINS - 1;
}

static void bin_add(struct span *s) {
  int r = s->released, b = bin_of(s->npages);
  struct span_list *l = &pages.bins[r][b];
  s->prev = 0;
  s->next = l->head;
  if (l->head) l->head->prev = s;
  l->head = s;
  pages.nonempty[r][b / 64] |= (uint64_t)1 << (b % 64);
  if (!r)
    store_rlx(&pages.free_backed, pages.free_backed + (s->npages << PAGE_SHIFT));
}

static void bin_remove(struct span *s) {
  int r = s->released, b = bin_of(s->npages);
  struct span_list *l = &pages.bins[r][b];
  if (s->prev)
    s->prev->next = s->next;
  else
    l->head = s->next;
  if (s->next) s->next->prev = s->prev;
  s->next = s->prev = 0;
  if (!l->head) pages.nonempty[r][b / 64] &= ~((uint64_t)1 << (b % 64));
  if (!r)
    store_rlx(&pages.free_backed, pages.free_backed - (s->npages << PAGE_SHIFT));
}

/* The best run of at least npages: exact bins by a bit scan, then the first
 * fitting one of the power-of-two bins, smallest length and lowest address. */
static struct span *bin_find(int released, uintptr_t npages) {
  int b = bin_of(npages);
  for (int w = b / 64; w < (BINS + 63) / 64; w++) {
    uint64_t m = pages.nonempty[released][w];
    if (w == b / 64) m &= ~(uint64_t)0 << (b % 64);
    for (; m; m &= m - 1) {
      int i = w * 64 + __builtin_ctzl(m);
      struct span *best = 0;
      for (struct span *s = pages.bins[released][i].head; s; s = s->next) {
        if (s->npages < npages) continue;
        if (i < EXACT) return s;
        if (!best || s->npages < best->npages ||
            (s->npages == best->npages && s->base < best->base))
          best = s;
      }
      if (best) return best;
    }
  }
  return 0;
}

/* ---- Span structures and the pagemap ------------------------------------ */

/* Makes the entries of n pages accessible; each byte once. */
static bool commit_table(struct table *t, uintptr_t n) {
  uintptr_t to = os_pages(n * t->entry);
  if (to <= t->ready) return true;
  if (!os_commit(t->base + t->ready, to - t->ready, t->counter)) return false;
  t->ready = to;
  return true;
}

/* Of spans, the last table, two more: entry 0 is nobody's, and a cut needs one. */
static bool commit_tables(uintptr_t n) {
  for (int i = 0; i < NTABLES; i++)
    if (!commit_table(&pages.tables[i], i < NTABLES - 1 ? n : n + 2)) return false;
  return true;
}

static struct span *span_new(void) {
  struct span *s = pages.dead;
  if (s) {
    pages.dead = s->next;
    s->next = 0;
    return s;
  }
  uint32_t i = pages.nspans++;
  s = &span_table[i];
  s->index = i;
  return s;
}

static void span_delete(struct span *s) {
  s->state = SPAN_DEAD;
  s->next = pages.dead;
  pages.dead = s;
}

static void map_pages(struct span *s, uint32_t layout, bool all) {
  uintptr_t first = page_of(s->base);
  for (uintptr_t i = 0; i < s->npages; i++) {
    if (!all && i > 0 && i < s->npages - 1) i = s->npages - 1;
    uint64_t off = i < 0xffff ? i : 0xffff;
    store_rel(&pagemap[first + i],
              (uint64_t)s->index | (uint64_t)layout << 32 | off << 48);
  }
}

/* ---- Free runs ---------------------------------------------------------- */

/* The free run that contains this page as its first or last, or NULL. */
static struct span *free_neighbour(uintptr_t page) {
  if (page >= pages.committed >> PAGE_SHIFT) return 0;
  uint64_t e = pagemap[page];
  if (entry_layout(e) != LAYOUT_NONE) return 0;
  struct span *s = entry_span(e);
  uintptr_t first = page_of(s->base);
  if (s->state != SPAN_FREE || page < first || page >= first + s->npages)
    return 0;
  return s;
}

static void add_free_run(uintptr_t base, uintptr_t npages, bool needzero,
                         bool released) {
  uintptr_t page = page_of(base);
  struct span *left = page > 0 ? free_neighbour(page - 1) : 0;
  struct span *right = free_neighbour(page + npages);
  if (left && left->released == released) {
    bin_remove(left);
    base = left->base;
    npages += left->npages;
    needzero |= left->needzero;
    span_delete(left);
  }
  if (right && right->released == released) {
    bin_remove(right);
    npages += right->npages;
    needzero |= right->needzero;
    span_delete(right);
  }
  struct span *s = span_new();
  s->base = base;
  s->npages = (uint32_t)npages;
  s->needzero = needzero;
  s->released = released;
  s->layout = LAYOUT_NONE;
  s->state = SPAN_FREE;
  map_pages(s, LAYOUT_NONE, false);
  bin_add(s);
}

/* Makes at least npages more of the range accessible. */
static bool grow(uintptr_t npages) {
  uintptr_t need = npages << PAGE_SHIFT;
  uintptr_t step = pages.committed / 8;
  if (step < GROW_MIN) step = GROW_MIN;
  if (step > GROW_MAX) step = GROW_MAX;
  step = (step + GROW_MIN - 1) & ~(GROW_MIN - 1);
  uintptr_t want = need > step ? (need + GROW_MIN - 1) & ~(GROW_MIN - 1) : step;
  uintptr_t from = pages.committed;
  if (want > pages.reserved - from) want = pages.reserved - from;
  if (want < need) return false;
  if (!commit_tables((from + want) >> PAGE_SHIFT)) return false;
  os_change_begin();
  if (!os_commit((void *)(heap_lo + from), want, NULL)) {
    os_change_end();
    return false;
  }
  pages.committed = from + want;
  san_poison(heap_lo + from, want); /* all that no object and no stack is in */
  struct heap_stats *st = stats_acquire();
  st->released += (int64_t)want; /* mapped, but not backed until used */
  stats_release();
  /* Release: a reader that sees the new bound sees the committed tables. */
  store_rel(&heap_used, pages.committed);
  os_change_end();
  add_free_run(heap_lo + from, want >> PAGE_SHIFT, false, true);
  return true;
}

/* ---- Spans -------------------------------------------------------------- */

/* Cuts s, which is in no bin, to npages; the rest is a free run of its own. */
static void cut(struct span *s, uintptr_t npages) {
  if (s->npages <= npages) return;
  struct span *rest = span_new();
  rest->base = s->base + (npages << PAGE_SHIFT);
  rest->npages = s->npages - (uint32_t)npages;
  rest->needzero = s->needzero;
  rest->released = s->released;
  rest->layout = LAYOUT_NONE;
  rest->state = SPAN_FREE;
  s->npages = (uint32_t)npages;
  map_pages(rest, LAYOUT_NONE, false);
  bin_add(rest);
}

/* Memory that the OS has is asked for in batches: a fault for each 4 KiB costs
 * more than the page itself. */
#define BATCH 16

static void back(struct span *s, bool now) {
  uintptr_t bytes = (uintptr_t)s->npages << PAGE_SHIFT;
  os_change_begin();
  os_use((void *)s->base, bytes, now);
  s->released = false;
  struct heap_stats *st = stats_acquire();
  st->released -= (int64_t)bytes;
  st->committed += (int64_t)bytes;
  stats_release();
  os_change_end();
}

static struct span *take_run(uintptr_t npages) {
  struct span *s = bin_find(0, npages);
  if (!s) s = bin_find(1, npages);
  if (!s) {
    if (!grow(npages)) return 0;
    s = bin_find(1, npages);
    if (!s) return 0;
  }
  bin_remove(s);
  if (s->released && npages < BATCH) {
    cut(s, BATCH);
    back(s, true);
  }
  cut(s, npages);
  if (s->released) back(s, false);
  return s;
}

static void fill_span(struct span *s, uint32_t layout) {
  struct layout *L = &layouts[layout];
  s->layout = layout;
  s->freeindex = 0;
  s->alloc_count = 0;
  s->cached = false;
  s->large_type = 0;
  if (L->kind == KIND_LARGE || L->size == 0) {
    s->elemsize = (uintptr_t)s->npages << PAGE_SHIFT;
    s->nelems = 1;
  } else {
    s->elemsize = L->size;
    s->nelems = L->nelems;
  }
  store_rlx(&s->sweepgen, load_rlx(&heap_sweepgen));
}

static struct span *alloc_pages(uintptr_t npages, uint32_t layout,
                                enum span_state state, bool stack) {
  lock(&heap_lock);
  struct span *s = take_run(npages);
  if (!s) {
    unlock(&heap_lock);
    return 0;
  }
  fill_span(s, layout);
  if (state == SPAN_INUSE) {
    /* Bits of earlier lives: alloc bits say what survived, and nothing did. */
    uintptr_t n = s->layout <= LAYOUT_LARGE ? 1 : s->npages;
    memset(span_bits(allocbits, s), 0, n * BITS_PER_PAGE_BYTES);
    memset(span_bits(markbits, s), 0, n * BITS_PER_PAGE_BYTES);
  }
  int64_t bytes = (int64_t)(npages << PAGE_SHIFT);
  if (state == SPAN_MANUAL || layout <= LAYOUT_LARGE)
    san_unpoison(s->base, (size_t)bytes); /* small slots: when handed out */
  struct heap_stats *st = stats_acquire();
  *(stack ? &st->in_stacks : &st->in_heap) += bytes;
  stats_release();
  if (heap_poison) {
    if (s->needzero) poison_check_pages(s->base, npages << PAGE_SHIFT);
    if (state == SPAN_INUSE && layout > LAYOUT_LARGE) {
      poison_fill(s->base, npages << PAGE_SHIFT);
      s->needzero = true;
    }
  }
  TERN_HOOK(span_publish, s);
  /* SC-6: the fields first, then the state, then the pages' entries. */
  store_rel(&s->state, state);
  map_pages(s, layout, true);
  unlock(&heap_lock);
  return s;
}

struct span *span_alloc(uintptr_t npages, uint32_t layout) {
  return alloc_pages(npages, layout, SPAN_INUSE, false);
}

struct span *span_alloc_manual(uintptr_t npages) {
  return alloc_pages(npages, LAYOUT_MANUAL, SPAN_MANUAL, true);
}

void span_free(struct span *s) {
  lock(&heap_lock);
  int64_t bytes = (int64_t)s->npages << PAGE_SHIFT;
  struct heap_stats *st = stats_acquire();
  *(s->state == SPAN_MANUAL ? &st->in_stacks : &st->in_heap) -= bytes;
  stats_release();
  uintptr_t base = s->base, n = s->npages;
  if (heap_poison) poison_fill(base, n << PAGE_SHIFT);
  san_poison(base, (size_t)bytes);
  /* Interior entries of a free run stay as they are but for the layout: a
   * stale pointer must find LAYOUT_NONE on every page. */
  for (uintptr_t i = 0; i < n; i++) store_rlx(&pagemap[page_of(base) + i], 0);
  span_delete(s);
  add_free_run(base, n, true, false);
  unlock(&heap_lock);
}

/* ---- Giving memory back ------------------------------------------------- */

uintptr_t pages_retained(void) { return load_rlx(&pages.free_backed); }

/* Pages that are given back under one hold of heap_lock: what the system takes for
 * more of them, all others would wait (T-scav-lat). */
enum { SCAVENGE_MOST = 512 };

uintptr_t pages_scavenge(uintptr_t bytes) {
  uintptr_t done = 0;
  for (int b = BINS - 1; b > 0 && done < bytes; b--) {
    lock(&heap_lock);
    struct span *s = pages.bins[0][b].head;
    if (!s) {
      unlock(&heap_lock);
      continue;
    }
    bin_remove(s);
    cut(s, SCAVENGE_MOST);
    uintptr_t base = s->base, n = s->npages;
    span_delete(s);
    int64_t size = (int64_t)(n << PAGE_SHIFT);
    os_change_begin();
    struct heap_stats *st = stats_acquire();
    st->committed -= size;
    st->released += size;
    stats_release();
    os_release((void *)base, n << PAGE_SHIFT);
    os_change_end();
    add_free_run(base, n, false, true);
    unlock(&heap_lock);
    done += (uintptr_t)size;
    b++; /* look at this bin again */
  }
  return done;
}

void pages_init(uintptr_t bytes) {
  pages.reserved = bytes;
  uintptr_t bits = BITS_PER_PAGE_BYTES;
  pages.tables[0] = (struct table){(char *)pagemap, 8, 0, &sys_stats.bits};
  pages.tables[1] = (struct table){(char *)markbits, bits, 0, &sys_stats.bits};
  pages.tables[2] = (struct table){(char *)allocbits, bits, 0, &sys_stats.bits};
  pages.tables[3] = (struct table){(char *)checkbits, bits, 0, &sys_stats.bits};
  pages.tables[4] =
      (struct table){(char *)span_table, sizeof(struct span), 0, &sys_stats.spans};
  if (!commit_table(&pages.tables[4], 2)) out_of_memory();
  pages.nspans = 1; /* index 0 is nobody's */
}
