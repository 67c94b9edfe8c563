/* stats.c - consistent heap statistics against writers with and without a P. */
#include "heap/stats.h"
#include "scenario.h"

static uint32_t done_sema, threads;
static int64_t added;
static struct heap_stats before;

static void add_both(int64_t n) {
  struct heap_stats *s = stats_acquire();
  s->alloc_bytes += n;
  load_seq(&threads); /* a point: half of the transaction is done */
  s->free_bytes += n;
  stats_release();
  add_seq(&added, n);
}

static void writer(void *arg) {
  (void)arg;
  for (int i = 0; i < 12; i++) {
    lock_preemption();
    add_both(1 + pick(1000));
    unlock_preemption();
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void thread_without_p(void *arg) {
  (void)arg;
  for (int i = 0; i < 8; i++) add_both(1 + pick(1000));
  sub_seq(&threads, 1);
}

static void check(void *arg) {
  int64_t done = load_seq(&added);
  struct heap_stats now;
  stats_read(&now);
  if (now.free_bytes < done) throw("statistics: a transaction that was over is missing");
  int64_t a = now.alloc_bytes - before.alloc_bytes, f = now.free_bytes - before.free_bytes;
  if (a != f)
    throw("statistics: %ld allocated, %ld freed: half a transaction", (long)a, (long)f);
  *(int64_t *)arg = a;
}

static void take_before(void *arg) {
  (void)arg;
  stats_read(&before);
}

static void read_all(int64_t *out) {
  semacquire(&worldsema);
  lock_preemption();
  systemstack(check, out);
  unlock_preemption();
  semrelease(&worldsema, true);
}

SCENARIO(stats, 0, "a reader of heap statistics sees whole transactions") {
  int64_t now = 0, last = 0;
  gc_set_percent(-1);
  /* Nobody allocates from here on but the writers' own goroutines. */
  for (int i = 0; i < 3; i++) spawn(writer, NULL);
  systemstack(take_before, NULL);
  store_seq(&threads, 2);
  for (int i = 0; i < 2; i++) CHECK(os_thread_create(thread_without_p, NULL));
  for (int i = 0; i < 6; i++) {
    read_all(&now);
    CHECK(now >= last);
    last = now;
    tern_poll();
  }
  await_sema(&done_sema, 3);
  while (load_seq(&threads) > 0) os_yield();
  read_all(&now);
  CHECK(now <= load_seq(&added));
}
