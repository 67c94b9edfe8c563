/* stats_nop.c - T-stats-noP and T-stats-mono: statistics are read while threads
 * without a P map, cut and give back memory, also during the stop.
 *
 * golang/go#64401: two counts were asserted to be equal with the world stopped,
 * which does not stop such threads. #42339: they have no shard of the statistics to
 * add to. #67019: a difference of two counts, read in the unlucky order, was below
 * zero. Every answer is held against the os room's ledger (stats_check), sums add
 * up, and totals never go back. Kills E51; an os_map that nobody counts; a look
 * without os_quiet_since.
 */
#include "stress.h"

#include "heap/pages.h"
#include "heap/stats.h"

enum { ALLOCATORS = 3, THREADS = 2 };
static uint32_t enough, done_sema, threads;

static const uint64_t mask[1] = {1};
static tern_type t_cell = {.size = 48, .ptrdata = 8, .ptrmask = mask,
                           .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("cell")};

static void deep(void *arg) {
  uintptr_t n = (uintptr_t)arg;
  volatile char frame[1024];
  frame[0] = frame[1023] = 1;
  tern_new(&t_cell);
  if (n > 0) with_stack(8192, deep, (void *)(n - 1));
}

/* Its thread ends with it: another one without a P. */
static void bound(void *arg) {
  runtime_lock_thread();
  deep((void *)8);
  semrelease(arg, false);
}

static void allocator(void *arg) {
  uint64_t rng = stress_seed + (uint64_t)(uintptr_t)arg;
  static uint32_t ended;
  while (!load_acq(&enough)) {
    for (uint32_t i = stress_rand(&rng, 200); i > 0; i--) tern_new(&t_cell);
    if (stress_rand(&rng, 4) == 0)
      mallocgc(40000 + stress_rand(&rng, 400000), NULL, true);
    if (stress_rand(&rng, 8) == 0) deep((void *)(uintptr_t)stress_rand(&rng, 60));
    if (stress_rand(&rng, 64) == 0) {
      spawn(bound, &ended);
      semacquire(&ended);
    }
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void thread_without_p(void *arg) {
  uint64_t rng = stress_seed + (uint64_t)(uintptr_t)arg;
  while (!load_acq(&enough)) {
    void *m = os_map(8192, &sys_stats.other);
    struct span *s = span_alloc_manual(1 + stress_rand(&rng, 40));
    if (stress_rand(&rng, 256) == 0) persistentalloc(100, 8, &sys_stats.gc);
    if (s) span_free(s);
    if (m) os_unmap(m, 8192, &sys_stats.other);
    os_usleep(stress_rand(&rng, 200)); /* readers need quiet moments */
  }
  sub_seq(&threads, 1);
}

static void check_answer(const struct mem_stats *m, const struct mem_stats *old) {
  CHECK(m->heap_sys == m->heap_inuse + m->heap_idle);
  CHECK(m->heap_released <= m->heap_idle && m->heap_alloc <= m->heap_inuse);
  CHECK(m->sys == m->heap_sys + m->stack_sys + m->mspan_sys + m->mcache_sys +
                      m->buckhash_sys + m->gc_sys + m->other_sys);
  CHECK((int64_t)m->heap_objects >= 0 && m->mallocs - m->frees == m->heap_objects);
  CHECK(m->total_alloc >= old->total_alloc && m->mallocs >= old->mallocs);
  CHECK(m->frees >= old->frees && m->num_gc >= old->num_gc);
}

static void read_and_check(void *arg) { stats_check(arg); }

static void body(void) {
  for (int64_t i = 0; i < ALLOCATORS; i++) spawn(allocator, (void *)(uintptr_t)i);
  store_seq(&threads, THREADS);
  for (int i = 0; i < THREADS; i++)
    CHECK(os_thread_create(thread_without_p, (void *)(uintptr_t)(100 + i)));
  static struct mem_stats m, old;
  static struct heap_stats h;
  uint64_t rng = stress_seed;
  do {
    if (stress_rand(&rng, 2)) {
      read_memstats(&m);
      check_answer(&m, &old);
      old = m;
    } else { /* nobody stands still */
      semacquire(&worldsema);
      lock_preemption();
      systemstack(read_and_check, &h);
      unlock_preemption();
      semrelease(&worldsema, true);
    }
    if (stress_rand(&rng, 200) == 0) gc_run();
    if (stress_rand(&rng, 50) == 0) pages_scavenge(1 << 20);
    tern_poll();
  } while (stress_round());
  store_rel(&enough, 1);
  for (int i = 0; i < ALLOCATORS; i++) semacquire(&done_sema);
  while (load_seq(&threads) > 0) os_yield();
  os_print("stats_nop: %ld answers compared, %ld times no quiet moment\n",
           (long)stats_checked, (long)stats_unchecked);
  CHECK(stats_checked > stats_unchecked);
}

int main(int argc, char **argv) {
  return stress_main(argc, argv, "stats_nop", 3000, body);
}
