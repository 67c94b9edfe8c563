/* heap_test.c - the allocator alone: one thread, one hand-made P cache, no
 * scheduler and no collector; the tests play those parts.
 */
#include "heap_frame.h"

/* ---- Size classes ------------------------------------------------------- */

static uint64_t fnv(uint64_t h, uint64_t v) {
  return (h ^ v) * 1099511628211u;
}

/* The hashes were computed by Go 1.23 over cap(append([]byte(nil), make([]byte,
 * n)...)) for n = 1 to 40000, and over the same with []*int, n = 1 to 5000. */
START_TEST(classes_equal_go) {
  uint64_t h = 14695981039346656037u;
  for (int64_t n = 1; n <= 40000; n++) h = fnv(h, (uint64_t)roundupsize(n, true));
  ck_assert_uint_eq(h, 17455177704843453605u);
  h = 14695981039346656037u;
  for (int64_t n = 1; n <= 5000; n++)
    h = fnv(h, (uint64_t)(roundupsize(n * 8, false) / 8));
  ck_assert_uint_eq(h, 13138924669668507528u);
}
END_TEST

START_TEST(classes_fit) {
  for (int64_t n = 1; n <= MAX_SMALL; n++) {
    int c = size_to_class(n);
    ck_assert(class_size[c] >= n && class_size[c - 1] < n);
  }
  for (int c = 1; c < NUM_CLASSES; c++) {
    int bytes = class_pages[c] * (int)PAGE_SIZE;
    ck_assert_int_le(bytes % class_size[c], bytes / 8);
    ck_assert_int_le(bytes / class_size[c], BITS_PER_PAGE_BYTES * 8 * class_pages[c]);
  }
}
END_TEST

/* ---- Layouts ------------------------------------------------------------ */

static const uint64_t masks[4][2] = {{1, 0}, {2, 0}, {3, 0}, {~0ull, ~0ull}};
static tern_type type_of(int64_t size, int64_t ptrdata, const uint64_t *mask) {
  return (tern_type){.size = size, .ptrdata = ptrdata, .ptrmask = mask};
}

START_TEST(layouts_shared) {
  boot();
  tern_type a = type_of(16, 8, masks[0]), b = type_of(16, 8, masks[0]);
  tern_type c = type_of(16, 16, masks[1]), d = type_of(16, 16, masks[2]);
  ck_assert_uint_eq(layout_of_type(&a), layout_of_type(&b));
  ck_assert_uint_ne(layout_of_type(&a), layout_of_type(&c));
  ck_assert_uint_ne(layout_of_type(&c), layout_of_type(&d));
  ck_assert_uint_eq(a.layout, layout_of_type(&a)); /* cached */
  ck_assert_uint_eq(layouts[layout_of_type(&a)].mask, 1);
  ck_assert_uint_eq(layouts[layout_of_type(&c)].mask, 2);
  tern_type plain = type_of(16, 0, NULL);
  ck_assert_uint_eq(layout_of_type(&plain), noscan(16));
  tern_type big = type_of(1000, 16, masks[1]);
  ck_assert_int_eq(layouts[layout_of_type(&big)].kind, KIND_TYPED);
  ck_assert_uint_eq(layouts[layout_of_type(&big)].size, 1024);
  ck_assert_uint_eq(big.layout, 0); /* tern_new must take the slow path */
  tern_type large = type_of(40000, 8, masks[0]);
  ck_assert_uint_eq(layout_of_type(&large), LAYOUT_LARGE);
  large.ptrdata = 0;
  ck_assert_uint_eq(layout_of_type(&large), LAYOUT_LARGE_NOSCAN);
}
END_TEST

/* An array's bitmap repeats over the whole slot, since append grows into it. */
START_TEST(layouts_of_arrays) {
  boot();
  tern_type str = type_of(16, 8, masks[0]);
  ck_assert_uint_eq(layouts[layout_of_array(&str, 48)].mask, 0x15);
  ck_assert_uint_eq(layouts[layout_of_array(&str, 50)].mask, 0x55);
  ck_assert_uint_eq(layout_of_array(&str, 49), layout_of_array(&str, 64));
  tern_type odd = type_of(24, 16, masks[1]); /* word 1 of 3 */
  ck_assert_uint_eq(layouts[layout_of_array(&odd, 64)].mask, 0x12);
  tern_type full = type_of(512, 512, masks[3]);
  ck_assert_uint_eq(layouts[layout_of_type(&full)].mask, ~0ull);
  ck_assert_int_eq(layouts[layout_of_array(&str, 600)].kind, KIND_TYPED);
  ck_assert_uint_eq(layout_of_array(&str, 40000), LAYOUT_LARGE);
}
END_TEST

/* Every type slot of a typed span is its own and outside the bits. */
START_HEAP_TEST(typed_slots) {
  for (uint32_t c = 1; c < NUM_CLASSES; c++) {
    struct layout *L = &layouts[LAYOUT_TYPED + c];
    if (L->kind != KIND_TYPED) continue;
    struct span *s = span_alloc(L->npages, LAYOUT_TYPED + c);
    ck_assert_uint_le(L->nelems, 128);
    for (uint32_t i = 0; i < s->nelems; i++) {
      const tern_type **slot = typed_slot(page_of(s->base), i);
      ck_assert_ptr_null(*slot);
      *slot = (const tern_type *)(uintptr_t)(i + 1);
      ck_assert((uint8_t *)slot >= allocbits + page_of(s->base) * 128 + 16);
      ck_assert((uint8_t *)(slot + 1) <=
                allocbits + (page_of(s->base) + s->npages) * 128);
    }
    for (uint32_t i = 0; i < s->nelems; i++)
      ck_assert_uint_eq(
          (uintptr_t)*typed_slot(page_of(s->base), i), i + 1);
  }
}

/* ---- Spans and pages ---------------------------------------------------- */

/* Random spans against a list: no overlap, right size, statistics exact; freed
 * in random order everything coalesces, so the range need not grow again. */
START_HEAP_TEST(span_model) {
  enum { LIVE = 200 };
  struct span *live[LIVE] = {0};
  int64_t pages = 0;
  for (int round = 0; round < 20000; round++) {
    uint32_t k = test_rand(LIVE);
    if (live[k]) {
      pages -= live[k]->npages;
      ck_assert_int_eq(*(char *)live[k]->base, (char)k);
      span_free(live[k]);
      live[k] = NULL;
    } else {
      uint32_t n = test_rand(10) == 0 ? 1 + test_rand(400) : 1 + test_rand(9);
      struct span *s = span_alloc(n, LAYOUT_LARGE_NOSCAN);
      ck_assert_ptr_nonnull(s);
      ck_assert_uint_eq(s->npages, n);
      ck_assert_uint_eq(s->base % PAGE_SIZE, 0);
      uintptr_t end = s->base + n * PAGE_SIZE;
      for (int i = 0; i < LIVE; i++)
        if (live[i] && end > live[i]->base &&
            live[i]->base + live[i]->npages * PAGE_SIZE > s->base)
          ck_abort_msg("span %p overlaps %p", (void *)s->base, (void *)live[i]->base);
      *(char *)s->base = (char)k;
      live[k] = s;
      pages += n;
    }
    if (round % 500 == 0)
      ck_assert_int_eq(check_stats().in_heap, pages << PAGE_SHIFT);
  }
  for (int i = 0; i < LIVE; i++)
    if (live[i]) span_free(live[i]);
  ck_assert_int_eq(check_stats().in_heap, 0);
  pages_scavenge(UINTPTR_MAX); /* backed and released merge only alike */
  uintptr_t used = heap_used;
  struct span *all = span_alloc(used >> PAGE_SHIFT, LAYOUT_LARGE_NOSCAN);
  ck_assert_ptr_nonnull(all);
  ck_assert_uint_eq(heap_used, used);
  ck_assert_uint_eq(all->base, heap_lo);
}

START_HEAP_TEST(span_of_all_pages) {
  struct span *s = span_alloc(300, LAYOUT_LARGE_NOSCAN);
  for (uintptr_t p = s->base; p < s->base + 300 * PAGE_SIZE; p += PAGE_SIZE) {
    ck_assert_ptr_eq(entry_span(page_entry(p)), s);
    ck_assert_uint_eq(entry_offset(page_entry(p)), (p - s->base) / PAGE_SIZE);
  }
  span_free(s);
  for (uintptr_t i = 0; i < 300; i++)
    ck_assert_uint_eq(entry_layout(page_entry(heap_lo + i * PAGE_SIZE)),
                      LAYOUT_NONE);
}

START_HEAP_TEST(too_large) {
  uintptr_t used = heap_used;
  ck_assert_ptr_null(span_alloc((uintptr_t)1 << 30, LAYOUT_LARGE_NOSCAN));
  ck_assert_uint_eq(heap_used, used);
  ck_assert_ptr_nonnull(span_alloc(1, LAYOUT_LARGE_NOSCAN));
}

static void limited(rlim_t bytes) {
  struct rlimit r = {bytes, RLIM_INFINITY};
  getrlimit(RLIMIT_AS, &r);
  r.rlim_cur = bytes;
  setrlimit(RLIMIT_AS, &r);
  boot();
  if (!span_alloc(100, LAYOUT_LARGE_NOSCAN)) fatal("no span");
  os_print("fine\n");
  os_exit(2);
}
static void limited_400m(void) { limited(400 << 20); }
static void limited_12m(void) { limited(12 << 20); }

START_TEST(address_limit) {
  if (TERN_SANITIZED) return; /* shadow memory is far beyond any limit */
  assert_dies(limited_400m, "fine");
  assert_dies(limited_12m, "cannot reserve address space");
}
END_TEST

/* ---- find_object -------------------------------------------------------- */

/* Every byte of spans of every class: the magic division is exact, the tail
 * belongs to nobody. */
START_HEAP_TEST(find_every_byte) {
  for (uint32_t c = 1; c < NUM_CLASSES; c++) {
    struct layout *L = &layouts[LAYOUT_NOSCAN + c];
    struct span *s = span_alloc(L->npages, LAYOUT_NOSCAN + c);
    uintptr_t bytes = s->npages * PAGE_SIZE;
    for (uintptr_t off = 0; off < bytes; off++) {
      struct object o;
      bool found = find_object(s->base + off, &o);
      uintptr_t i = off / L->size;
      if (found != (i < s->nelems) ||
          (found && (o.index != i || o.base != s->base + i * L->size ||
                     o.page != page_of(s->base) || object_size(&o) != L->size)))
        ck_abort_msg("class %u size %u offset %lu", c, L->size, off);
    }
  }
}

START_HEAP_TEST(find_nothing) {
  struct object o;
  struct span *large = span_alloc(5, LAYOUT_LARGE);
  ck_assert(find_object(large->base + 5 * PAGE_SIZE - 1, &o));
  ck_assert_uint_eq(o.base, large->base);
  ck_assert_uint_eq(object_size(&o), 5 * PAGE_SIZE);
  struct span *stack = span_alloc_manual(4);
  ck_assert(!find_object(stack->base + 100, &o));
  ck_assert(!find_object(heap_lo - 1, &o));
  ck_assert(!find_object(heap_lo + heap_used, &o));
  ck_assert(!find_object(heap_lo + heap_used - 1, &o));
  ck_assert(!find_object((uintptr_t)&o, &o));
  ck_assert(!find_object(0, &o));
  uintptr_t p = large->base;
  span_free(large);
  for (int i = 0; i < 5; i++)
    ck_assert(!find_object(p + (uintptr_t)i * PAGE_SIZE + 8, &o));
}

/* SPAN-1: below freeindex or with an alloc bit. */
START_HEAP_TEST(allocated_slots) {
  uint32_t l = noscan(64);
  char *first = take(l);
  struct object o = object_at(first);
  struct span *s = entry_span(pagemap[o.page]);
  uint32_t handed = s->freeindex;
  ck_assert_uint_gt(handed, 0);
  ck_assert_uint_lt(handed, s->nelems);
  for (uint32_t i = 0; i < s->nelems; i++) {
    struct object x = object_at((char *)s->base + i * 64 + 20);
    ck_assert_int_eq(object_is_allocated(&x), i < handed);
  }
  ck_assert_ptr_eq(take(l), first + 64);
  mark(first + 64);
  collect();
  struct object kept = object_at(first + 64 + 7), gone = object_at(first);
  ck_assert(object_is_allocated(&kept));
  ck_assert(!object_is_allocated(&gone));
}

/* ---- Cursors ------------------------------------------------------------ */

START_HEAP_TEST(slots_are_zero_and_distinct) {
  static const int64_t sizes[] = {8, 16, 24, 48, 112, 512, 1024, 4096, 32768};
  for (unsigned k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    uint32_t l = noscan(sizes[k]);
    uintptr_t last = 0;
    for (int i = 0; i < 2000; i++) {
      char *p = take(l);
      struct object o = object_at(p);
      ck_assert_uint_eq(o.base, (uintptr_t)p);
      ck_assert(object_is_allocated(&o));
      ck_assert_uint_ne((uintptr_t)p, last);
      ck_assert(all_bytes(p, sizes[k], 0));
      memset(p, 0xff, (size_t)sizes[k]);
      last = (uintptr_t)p;
    }
  }
  check_stats();
}

static int by_address(const void *a, const void *b) {
  const char *x = *(char *const *)a, *y = *(char *const *)b;
  return (x > y) - (x < y);
}

/* Runs of free slots after a sweep: exactly the unmarked slots come back, zeroed,
 * each once; the marked ones keep what they hold. */
START_HEAP_TEST(runs_after_sweep) {
  enum { N = 3000 };
  static char *obj[N];
  static uint8_t kept[N], seen[N];
  static const int64_t sizes[] = {8, 48, 208, 1152, 9472};
  for (unsigned k = 0; k < sizeof sizes / sizeof *sizes; k++) {
    int64_t size = sizes[k];
    uint32_t l = noscan(size);
    int n = size > 4096 ? 60 : N;
    for (int density = 1; density <= 10; density += 3) {
      for (int i = 0; i < n; i++) obj[i] = take(l);
      qsort(obj, (size_t)n, sizeof *obj, by_address);
      for (int i = 0; i < n; i++) memset(obj[i], i, (size_t)size);
      int nkept = 0;
      for (int i = 0; i < n; i++) {
        kept[i] = test_rand(10) < (uint32_t)density;
        seen[i] = 0;
        nkept += kept[i];
        if (kept[i]) mark(obj[i] + size / 2);
      }
      collect();
      int reused = 0;
      for (int fresh = 0; fresh < 4 * n; fresh++) {
        char *p = take(l);
        ck_assert(all_bytes(p, size, 0));
        char **slot = bsearch(&p, obj, (size_t)n, sizeof p, by_address);
        if (!slot) continue;
        long i = slot - obj;
        ck_assert_msg(!kept[i], "a live slot was handed out");
        ck_assert_msg(!seen[i], "a slot was handed out twice");
        seen[i] = 1;
        reused++;
      }
      ck_assert_int_eq(reused, n - nkept);
      for (int i = 0; i < n; i++)
        ck_assert(!kept[i] || all_bytes(obj[i], size, (char)i));
      check_stats();
      collect();
      collect();
      ck_assert_int_eq(check_stats().in_heap, 0);
    }
  }
}

/* H2: runs taken white go back; what is handed out after is black; what was
 * coloured but never handed out loses its mark with the flush. */
START_HEAP_TEST(recolour) {
  uint32_t l = noscan(64);
  char *before = take(l);
  struct heap_stats h0 = check_stats();
  mcache_recolour(&cache);
  struct object o = object_at(before);
  struct span *s = entry_span(pagemap[o.page]);
  ck_assert_uint_eq(s->freeindex, o.index + 1);
  ck_assert_int_lt(check_stats().alloc_bytes, h0.alloc_bytes);
  ck_assert(!is_marked(&o));
  char *after = take(l);
  struct object b = object_at(after);
  ck_assert(is_marked(&b));
  struct object next = object_at(after + 64);
  ck_assert(is_marked(&next)); /* in the run */
  struct span *large = large_alloc(&cache, 100000, true);
  struct object lo = object_at((void *)large->base);
  ck_assert(is_marked(&lo));
  ck_assert_int_gt(cache.black_bytes, 100000);
  collect(); /* throws if a free slot is still marked */
  ck_assert(!object_is_allocated(&o));
  ck_assert(object_is_allocated(&b));
  ck_assert(!object_is_allocated(&next));
  ck_assert(object_is_allocated(&lo));
  ck_assert(!cache.alloc_black);
  ck_assert_int_eq(check_stats().alloc_count - check_stats().free_count, 2);
}

/* ---- Sweep -------------------------------------------------------------- */

START_HEAP_TEST(sweep_frees_spans) {
  struct span *dead = large_alloc(&cache, 50000, false);
  struct span *live = large_alloc(&cache, 60000, false);
  struct object o = object_at((void *)live->base), d;
  set_marked(&o);
  uintptr_t p = dead->base;
  int64_t before = check_stats().in_heap;
  collect();
  ck_assert(!find_object(p, &d));
  ck_assert(find_object(live->base + 59999, &o));
  ck_assert(!is_marked(&o)); /* clear for the next cycle: MS-2c */
  ck_assert_int_eq(check_stats().in_heap, before - 7 * (int64_t)PAGE_SIZE);
  ck_assert_int_eq(sweep_freed_bytes, 7 * (int64_t)PAGE_SIZE);
  set_marked(&o);
  collect(); /* a large object survives many cycles */
  ck_assert(object_is_allocated(&o));
  collect();
  ck_assert_int_eq(check_stats().in_heap, 0);
}

/* The sweep stays open until the caches have come in (MT-6). */
START_HEAP_TEST(sweep_waits_for_caches) {
  void *p = take(noscan(64));
  sweep_start();
  while (sweepone() != UINTPTR_MAX) {
  }
  ck_assert(!sweep_is_done());
  struct object o = object_at(p); /* cached spans are nobody else's */
  ck_assert_uint_eq(entry_span(pagemap[o.page])->sweepgen, heap_sweepgen + 1);
  mcache_flush(&cache);
  sweep_flushed();
  sweep_finish(NULL);
  ck_assert(sweep_is_done());
  ck_assert_int_eq(check_stats().in_heap, 0);
}

/* An allocator takes an unswept span by sweeping it first (SW-2). */
START_HEAP_TEST(allocation_sweeps) {
  uint32_t l = noscan(512);
  enum { N = 64 };
  char *obj[N];
  for (int i = 0; i < N; i++) obj[i] = take(l);
  for (int i = 0; i < N; i += 2) mark(obj[i]);
  sweep_start();
  mcache_flush(&cache);
  uintptr_t used = heap_used;
  int64_t in_heap = check_stats().in_heap;
  for (int i = 0; i < N / 2; i++) {
    char *p = take(l);
    int k = 0;
    while (k < N && obj[k] != p) k++;
    ck_assert_int_lt(k, N);
    ck_assert_int_eq(k % 2, 1);
  }
  ck_assert_uint_eq(heap_used, used);
  ck_assert_int_eq(check_stats().in_heap, in_heap);
  sweep_flushed();
  sweep_finish(NULL);
}

static void zombie(void) {
  boot();
  char *p = take(noscan(2048));
  mark(p);
  mark(p + 4096); /* never handed out */
  collect();
}
static void sweep_not_ours(void) {
  boot();
  take(noscan(64));
  sweep_span(cache.head.cursor[noscan(64)].span);
}
static void start_while_open(void) {
  boot();
  sweep_start();
  sweep_start();
}

START_TEST(sweep_dies) {
  assert_dies(zombie, "is marked but free");
  assert_dies(sweep_not_ours, "is not ours");
  assert_dies(start_while_open, "check failed: sweep_is_done()");
}
END_TEST

/* Paying for pages sweeps in proportion: after the runway nothing is left. */
START_HEAP_TEST(proportional_sweep) {
  for (int i = 0; i < 2000; i++) take(noscan(4096));
  sweep_start();
  mcache_flush(&cache);
  sweep_flushed();
  sweep_set_pace(1 << 20);
  ck_assert(!sweep_is_done());
  for (int i = 0; i < 129; i++) sweep_pay(1);
  sweep_finish(NULL);
  int64_t freed = sweep_freed_bytes;
  ck_assert_int_eq(freed, 2000 * 4096);
}

/* T-sweep-pace (golang/go#15022): a new pace in the middle of sweeping, as GOGC sets
 * it, does not let the next one sweep all there is. */
START_HEAP_TEST(sweep_pace_changes) {
  for (int i = 0; i < 2000; i++) take(noscan(4096));
  sweep_start();
  mcache_flush(&cache);
  sweep_flushed();
  sweep_set_pace(8 << 20);
  sweep_pay(512); /* half of the runway */
  int64_t half = sweep_freed_bytes;
  ck_assert(half > 0 && half < 1500 * 4096);
  sweep_set_pace(1 << 20);
  sweep_pay(1);
  ck_assert_int_le(sweep_freed_bytes, half + 64 * 4096);
  sweep_pay(129);
  ck_assert(sweepone() == UINTPTR_MAX);
  ck_assert_int_eq(sweep_freed_bytes, 2000 * 4096);
}

START_HEAP_TEST(proportional_sweep_is_prompt) {
  for (int i = 0; i < 2000; i++) take(noscan(4096));
  sweep_start();
  mcache_flush(&cache);
  sweep_flushed();
  sweep_set_pace(1 << 20);
  sweep_pay(64); /* half of the runway */
  ck_assert_int_ge(sweep_freed_bytes, 1000 * 4096 - 65536);
  sweep_finish(NULL);
}

/* ---- Giving memory back ------------------------------------------------- */

START_HEAP_TEST(scavenge) {
  uintptr_t n = 32 << 20;
  struct span *s = span_alloc(n >> PAGE_SHIFT, LAYOUT_LARGE_NOSCAN);
  memset((void *)s->base, 0xaa, n);
  struct heap_stats full = check_stats();
  span_free(s);
  uintptr_t free = pages_retained();
  ck_assert_uint_ge(free, n);
  uint64_t rss = os_resident();
  /* T-scav-lat (golang/go#57069): the lock is held for a piece only. */
  ck_assert_uint_le(pages_scavenge(1), 4 << 20);
  ck_assert_uint_ge(pages_scavenge(8 << 20), 8 << 20);
  ck_assert_uint_ge(pages_scavenge(UINTPTR_MAX), pages_retained());
  ck_assert_uint_eq(pages_retained(), 0);
  struct heap_stats h = check_stats();
  ck_assert_int_eq(h.committed, full.committed - (int64_t)free);
  ck_assert_uint_le(os_resident(), rss - n + (4 << 20));
  ck_assert_uint_eq(pages_scavenge(UINTPTR_MAX), 0);
  s = span_alloc(n >> PAGE_SHIFT, LAYOUT_LARGE_NOSCAN);
  ck_assert(!s->needzero);
  ck_assert(all_bytes((char *)s->base, (int64_t)n, 0));
}

START_HEAP_TEST(persistent) {
  int64_t counter = 0, mapped = os_mapped, unused = sys_stats.unused;
  uintptr_t end = 0;
  int64_t sum = 0;
  for (int i = 1; i < 3000; i++) {
    uintptr_t size = test_rand(3000) + 1, align = (uintptr_t)1 << test_rand(8);
    char *p = persistentalloc(size, align, &counter);
    sum += (int64_t)size;
    ck_assert_uint_eq((uintptr_t)p % align, 0);
    ck_assert((uintptr_t)p >= end || (uintptr_t)p + size <= end);
    ck_assert(all_bytes(p, (int64_t)size, 0));
    memset(p, 1, size);
    end = (uintptr_t)p + size;
  }
  char *large = persistentalloc(1 << 20, 8, &counter);
  ck_assert_int_eq(large[(1 << 20) - 1], 0);
  ck_assert_int_ge(counter, sum + (1 << 20));
  ck_assert_int_lt(counter, sum + (1 << 20) + 3000 * 128); /* what aligns */
  ck_assert_int_eq(counter + sys_stats.unused - unused, os_mapped - mapped);
  sys_stats.other += counter;
  struct heap_stats h;
  stats_check(&h);
  ck_assert_int_eq(stats_checked, 1);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(classes_equal_go), TEST(classes_fit), TEST(layouts_shared),
      TEST(layouts_of_arrays), TEST(typed_slots), TEST(span_model),
      TEST(span_of_all_pages), TEST(too_large), TEST(address_limit),
      TEST(find_every_byte), TEST(find_nothing), TEST(allocated_slots),
      TEST(slots_are_zero_and_distinct), TEST(runs_after_sweep),
      TEST(recolour), TEST(sweep_frees_spans), TEST(sweep_waits_for_caches),
      TEST(allocation_sweeps), TEST(sweep_dies), TEST(proportional_sweep),
      TEST(proportional_sweep_is_prompt), TEST(sweep_pace_changes), TEST(scavenge),
      TEST(persistent)};
  return RUN_TESTS("heap", tests);
}
