/* stats_consist.c - T-stats-consist: a reader of the heap statistics never sees
 * half of a transaction.
 *
 * Goroutines on all Ps, and threads without P, add the same amount to two fields
 * in one transaction; the two must be equal in every answer, and the end equal
 * to what was added.  Kills E49 (on weakly ordered machines), E50, E51.
 */
#include "stress.h"

#include "heap/stats.h"

static uint32_t enough, done_sema;
static int64_t added;
static struct heap_stats before;

static void add_both(int64_t n) {
  struct heap_stats *s = stats_acquire();
  s->alloc_bytes += n;
  __asm__ volatile("" ::: "memory");
  if (n % 7 == 0) procyield(20);
  s->free_bytes += n;
  stats_release();
  add_rlx(&added, n);
}

static void writer(void *arg) {
  uint64_t rng = stress_seed + (uint64_t)(uintptr_t)arg;
  while (!load_acq(&enough)) {
    lock_preemption();
    add_both(1 + stress_rand(&rng, 1000));
    unlock_preemption();
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static uint32_t threads;
static void thread_without_p(void *arg) {
  uint64_t rng = stress_seed + (uint64_t)(uintptr_t)arg;
  add_seq(&threads, 1);
  while (!load_acq(&enough)) {
    add_both(1 + stress_rand(&rng, 1000));
    os_yield(); /* the leaf lock is not fair: leave the reader a chance */
  }
  sub_seq(&threads, 1);
}

static void check(void *arg) {
  struct heap_stats now;
  stats_read(&now);
  int64_t a = now.alloc_bytes - before.alloc_bytes;
  int64_t f = now.free_bytes - before.free_bytes;
  if (a != f)
    throw("statistics: %ld allocated, %ld freed: half a transaction", (long)a,
          (long)f);
  *(int64_t *)arg = a;
}

static void take_before(void *arg) {
  (void)arg;
  stats_read(&before);
}

static void body(void) {
  static int64_t last, now;
  gc_set_percent(-1); /* nobody else may move the two fields */
  for (int64_t i = 0; i < 2 * gomaxprocs; i++) spawn(writer, (void *)(uintptr_t)i);
  systemstack(take_before, NULL);
  int64_t base = before.alloc_bytes - before.free_bytes;
  for (int i = 0; i < 2; i++)
    CHECK(os_thread_create(thread_without_p, (void *)(uintptr_t)(100 + i)));
  do {
    semacquire(&worldsema);
    lock_preemption();
    systemstack(check, &now);
    unlock_preemption();
    semrelease(&worldsema, true);
    CHECK(now >= last);
    last = now;
  } while (stress_round());
  store_rel(&enough, 1);
  for (int i = 0; i < 2 * gomaxprocs; i++) semacquire(&done_sema);
  while (load_acq(&threads) > 0) os_yield();
  struct heap_stats end;
  systemstack((void (*)(void *))stats_read, &end);
  CHECK(end.alloc_bytes - end.free_bytes == base);
  CHECK(end.free_bytes == added);
}

int main(int argc, char **argv) {
  return stress_main(argc, argv, "stats_consist", 50000, body);
}
