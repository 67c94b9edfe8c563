/* stats.c - consistent heap statistics against writers with and without a P. */
#include "debug/memstats.h"
#include "heap/pages.h"
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

/* ---- T-stats-noP: what is counted against the os room's ledger ------------- */

/* Without a P, also during a stop: golang/go#64401. */
static void maps(void *arg) {
  (void)arg;
  for (int i = 0; i < 6; i++) {
    void *m = os_map(8192, &sys_stats.other);
    struct span *s = span_alloc_manual(1 + pick(200)); /* the heap may grow */
    if (pick(2)) persistentalloc(1 + pick(70000), 8, &sys_stats.gc);
    if (s) span_free(s);
    if (m) os_unmap(m, 8192, &sys_stats.other);
  }
  sub_seq(&threads, 1);
}

static void fill(void *out) { memstats_fill(out); }

SCENARIO(stats_nop, 0, "what is counted is what was mapped, also by threads without a P") {
  static struct mem_stats m, old;
  store_seq(&threads, 2);
  for (int i = 0; i < 2; i++) CHECK(os_thread_create(maps, NULL));
  do {
    stopTheWorld(STW_TEST);
    systemstack(fill, &m); /* asserts the equations */
    startTheWorld();
    CHECK(m.heap_sys == m.heap_inuse + m.heap_idle && m.total_alloc >= old.total_alloc);
    old = m;
    tern_poll();
  } while (load_seq(&threads) > 0);
  int64_t before = stats_checked;
  systemstack(fill, &m);
  CHECK(stats_checked == before + 1); /* nobody maps now */
}

/* ---- T-stats-mono: a difference is never below zero ------------------------- */

static uint32_t handed;
static int64_t base;

static void one_field(int64_t a, int64_t f) {
  lock_preemption();
  struct heap_stats *s = stats_acquire();
  load_seq(&threads); /* a point: its generation may be over */
  s->alloc_count += a;
  s->free_count += f;
  stats_release();
  unlock_preemption();
}

/* What it counts as freed was counted as allocated before, on another P. */
static void frees(void *arg) {
  (void)arg;
  for (int i = 0; i < 10; i++) {
    semacquire(&handed);
    one_field(0, 1);
  }
  semrelease(&done_sema, false);
}
static void allocs(void *arg) {
  (void)arg;
  for (int i = 0; i < 10; i++) {
    one_field(1, 0);
    semrelease(&handed, false);
  }
  semrelease(&done_sema, false);
}

static void difference(void *out) {
  struct heap_stats h;
  stats_read(&h);
  *(int64_t *)out = h.alloc_count - h.free_count;
}

SCENARIO(stats_mono, 0, "what is freed never leads what was allocated (golang/go#67019)") {
  gc_set_percent(-1);
  void *first = make_task(frees, NULL), *second = make_task(allocs, NULL);
  systemstack(difference, &base); /* from here on nothing else is freed */
  tern_go(first);
  tern_go(second);
  for (int i = 0; i < 8; i++) {
    int64_t d = 0;
    semacquire(&worldsema);
    lock_preemption();
    systemstack(difference, &d);
    unlock_preemption();
    semrelease(&worldsema, true);
    CHECK(d >= base);
    tern_poll();
  }
  await_sema(&done_sema, 2);
}
