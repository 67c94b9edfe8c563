/* heap_race_test.c - what others may see of spans and runs that are not ready yet,
 * at the hooks of the debug build.
 */
#include "heap_frame.h"

#include "sync/hook.h"

#if TERN_DEBUG
static int64_t passages;

/* T-cons-span (E37, SC-6): a stale pointer into the pages finds nothing before
 * all of the span's fields are those of its new life. */
static void span_is_hidden(enum tern_hook at, void *what) {
  (void)at;
  struct span *s = what;
  struct object o;
  passages++;
  for (uintptr_t i = 0; i < s->npages; i++)
    if (find_object(s->base + i * PAGE_SIZE, &o))
      throw("a span can be found before it is published");
}
START_HEAP_TEST(cons_span) {
  hook_set(HOOK_span_publish, span_is_hidden);
  for (int round = 0; round < 20; round++) {
    for (uint32_t c = 1; c < NUM_CLASSES; c += 3)
      take(LAYOUT_NOSCAN + c);
    large_alloc(&cache, 100000, false);
    collect();
  }
  ck_assert_int_gt(passages, 100);
}

/* T-cons-alloc (E38, SC-5, AB-2): until a run is zero, and marked if it is to be
 * black, its slots count as free. */
static void run_is_hidden(enum tern_hook at, void *what) {
  (void)at;
  struct span *s = what;
  passages++;
  uint32_t i = load_acq(&s->freeindex);
  struct tern_cursor *c = &cache.head.cursor[s->layout];
  uint32_t handed = c->end ? (uint32_t)((c->end - s->base) / s->elemsize) : 0;
  if (i > handed) throw("slots count as allocated before they are ready");
}
START_HEAP_TEST(cons_alloc) {
  hook_set(HOOK_run_publish, run_is_hidden);
  uint32_t l = noscan(96);
  for (int round = 0; round < 5; round++) {
    for (int i = 0; i < 3000; i++) {
      char *p = take(l);
      memset(p, 0xaa, 96);
      if (i % 7 == 0) mark(p);
    }
    collect();
  }
  ck_assert_int_gt(passages, 100);
}

/* SW-1: who is inside the last span counts as a sweeper until its bits are exchanged;
 * the next cycle would begin with marks of this one (sweep.pml, NO_BEGIN). */
static void sweep_goes_on(enum tern_hook at, void *what) {
  (void)at, (void)what;
  passages++;
  if (sweep_is_done()) throw("the sweep is done, and a sweeper at work");
}
START_HEAP_TEST(sweeper_counts) {
  for (int i = 0; i < 3000; i++) {
    void *p = take(noscan(96));
    if (i % 7 == 0) mark(p);
  }
  hook_set(HOOK_sweep_begin, sweep_goes_on);
  hook_set(HOOK_sweep_end, sweep_goes_on);
  collect();
  hook_set(HOOK_sweep_end, 0);
  ck_assert_int_gt(passages, 10);
  ck_assert(sweep_is_done());
}

int main(void) {
  const runtime_test tests[] = {
      TEST(cons_span),
      TEST(cons_alloc),
      TEST(sweeper_counts),
  };
  return RUN_TESTS("heap_race", tests);
}
#else
int main(void) { return 0; }
#endif
