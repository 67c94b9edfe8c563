/* stats_test.c - heap statistics: transactions, and what must be equal
 * (runtime/heap/stats.c, runtime/os/ledger.c).
 */
#include "heap_frame.h"

#include "heap/pages.h"

static void nested(void) {
  boot();
  stats_acquire();
  stats_acquire();
}

/* CS-4; and a writer without a P. */
START_HEAP_TEST(stats_transactions) {
  assert_dies(nested, "transactions nest");
  struct heap_stats h;
  stats_read(&h);
  for (int i = 1; i <= 10; i++) { /* through all three generations */
    stats_acquire()->alloc_bytes += 5;
    stats_release();
    mcache_set(NULL);
    stats_acquire()->alloc_bytes += 2;
    stats_release();
    mcache_set(&cache);
    struct heap_stats now;
    stats_read(&now);
    ck_assert_int_eq(now.alloc_bytes, h.alloc_bytes + 7 * i);
  }
  ck_assert_int_eq(tern_locks, 0);
}

START_HEAP_TEST(stats_add_up) {
  for (int i = 0; i < 500; i++) take(noscan(100));
  large_alloc(&cache, 1 << 20, true);
  struct span *st = span_alloc_manual(4);
  struct heap_stats h = check_stats();
  ck_assert_int_eq(h.in_stacks, 4 * (int64_t)PAGE_SIZE);
  ck_assert_int_eq(h.large_alloc_count, 1);
  /* Counted when a run is taken: at most one run ahead of what was used. */
  ck_assert(h.alloc_count >= 501 && h.alloc_count <= 501 + 2048 / 112);
  ck_assert_int_eq(h.alloc_bytes, (1 << 20) + (h.alloc_count - 1) * 112);
  span_free(st);
  collect();
  h = check_stats();
  ck_assert_int_eq(h.in_stacks, 0);
  ck_assert_int_eq(h.alloc_bytes, h.free_bytes);
  ck_assert_int_eq(h.alloc_count, h.free_count);
}

/* CS: one accounting site that is wrong is noticed at the next read. */
static void wrong_part(void) {
  boot();
  struct heap_stats h;
  stats_check(&h);
  add_rlx(&sys_stats.mcaches, 4096 - 512 * 1024);
  stats_check(&h);
}
static void wrong_released(void) {
  boot();
  span_free(span_alloc(16, LAYOUT_LARGE_NOSCAN));
  struct heap_stats h;
  stats_check(&h);
  struct heap_stats *st = stats_acquire();
  st->committed -= 8192;
  st->released += 8192;
  stats_release();
  stats_check(&h);
}
static void freed_leads(void) {
  boot();
  struct heap_stats h;
  stats_acquire()->free_bytes += 8;
  stats_release();
  stats_check(&h);
}
START_TEST(stats_notice) {
  assert_dies(wrong_part, "statistics: the parts are");
  assert_dies(wrong_released, "bytes of the heap are in use");
  assert_dies(freed_leads, "statistics: freed 8 of 0 bytes");
}
END_TEST

/* T-stats-noP (golang/go#64401): while somebody maps memory, nothing is equal to
 * anything, and nobody complains. */
START_HEAP_TEST(stats_wait_for_quiet) {
  struct heap_stats h;
  os_change_begin();
  os_count(8192, NULL);
  stats_check(&h);
  ck_assert_int_eq(stats_checked, 0);
  ck_assert_int_eq(stats_unchecked, 1);
  sys_stats.other += 8192;
  os_change_end();
  stats_check(&h);
  ck_assert_int_eq(stats_checked, 1);
}

int main(void) {
  const runtime_test tests[] = {TEST(stats_transactions), TEST(stats_add_up),
                                TEST(stats_notice), TEST(stats_wait_for_quiet)};
  return RUN_TESTS("stats", tests);
}
