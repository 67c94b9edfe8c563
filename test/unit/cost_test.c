/* cost_test.c - what must not grow with the number of goroutines, sleepers or Ps, and
 * what an idle runtime must not burn.
 *
 * Costs are processor time of one thread or of the process, low ones of many, and ratios, so
 * that a loaded machine changes little.  The names are those of the protocols' tests.
 */
#include "gc_frame.h"

#include "heap/pages.h"
#include "heap/stats.h"
#include "sched/proc.h"

static int by_size(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return x < y ? -1 : x > y;
}
/* One of the cheapest of n times fn, in processor time of this thread, which runs it
 * whole: what is done for each goroutine is done each time. */
static int64_t low_cost(void (*fn)(void), int n) {
  static int64_t cost[101];
  for (int i = 0; i < n; i++) {
    int64_t began = os_thread_cputime();
    fn();
    cost[i] = os_thread_cputime() - began;
  }
  qsort(cost, (size_t)n, sizeof *cost, by_size);
  return cost[n / 10];
}

static uint32_t never, end_all;
static void waits(void *arg) {
  semacquire(arg);
  semrelease(&done_sema, false);
}
static void park_many(int n, uint32_t *at) {
  int64_t before = gcount();
  for (int i = 0; i < n; i++) spawn(waits, at);
  AWAIT(gcount() == before + n);
  for (int i = 0; i < 3; i++) gosched();
}

/* ---- Stops ---------------------------------------------------------------- */

static void stop_and_start(void) {
  stopTheWorld(STW_TEST);
  startTheWorld();
}
/* T-stw-scale (golang/go#14420, #11485): a stop does nothing for each goroutine.  Fails
 * with a walk over allgs between stop and start. */
START_RUNTIME_TEST_ENV(stw_scale, "GOMAXPROCS=2", "GOGC=off") {
  int64_t few = low_cost(stop_and_start, 101);
  park_many(50000, &never);
  int64_t many = low_cost(stop_and_start, 101);
  os_print("stop: %ld ns with 10, %ld ns with 50000 goroutines\n", (long)few, (long)many);
  CHECK(many < 4 * few + 100000);
}

/* The same of the stop that ends a cycle: 16 times the goroutines, and heap. */
static int64_t shortest_stop;
static void note_stop(const struct gc_cycle *c) {
  if (shortest_stop == 0 || c->stop_ns < shortest_stop) shortest_stop = c->stop_ns;
}
static int64_t best_stop(void) {
  shortest_stop = 0;
  for (int i = 0; i < 8; i++) gc_run();
  return shortest_stop;
}
START_RUNTIME_TEST_ENV(term_stop_scale, "GOMAXPROCS=2", "GOGC=off") {
  gc_trace_hook = note_stop;
  int64_t few = best_stop();
  park_many(20000, &never);
  deep_list(500000);
  int64_t many = best_stop();
  os_print("end of a cycle: stops %ld ns, with 20000 goroutines and 16 MB %ld ns\n",
           (long)few, (long)many);
  CHECK(many < 4 * few + 100000);
}

/* T-restart-scale (golang/go#45894, STW-11): the starter wakes a few threads, they the
 * others.  Its cost for 64 Ps that all have work is not 16 times that for 4. */
static void ends(void *arg) {
  (void)arg;
  semrelease(&done_sema, false);
}
/* One goroutine for each of the other Ps, in their queues when the world starts. */
static void deal_out(void *arg) {
  (void)arg;
  bool inherit;
  for (int32_t i = 0; i < gomaxprocs; i++) {
    if (allp[i] == getp() || !runqempty(allp[i])) continue;
    struct g *gp = runqget(getp(), &inherit);
    if (gp) runqput(allp[i], gp, false);
  }
}
static int64_t restart_cost(int32_t procs) {
  set_gomaxprocs(procs);
  int64_t cost[15];
  for (int i = 0; i < 15; i++) {
    stopTheWorld(STW_TEST);
    for (int k = 1; k < procs; k++) spawn(ends, NULL);
    systemstack(deal_out, NULL);
    int64_t began = os_thread_cputime();
    startTheWorld();
    cost[i] = os_thread_cputime() - began;
    for (int k = 1; k < procs; k++) semacquire(&done_sema);
  }
  qsort(cost, 15, sizeof *cost, by_size);
  return cost[1];
}
START_RUNTIME_TEST_ENV(restart_scale, "GOMAXPROCS=4", "GOGC=off") {
  int64_t few = restart_cost(4), many = restart_cost(64);
  os_print("restart: %ld ns with 4 Ps, %ld ns with 64\n", (long)few, (long)many);
  CHECK(many < 4 * few + 12000);
}

/* ---- Semaphores ----------------------------------------------------------- */

/* T-sema-scale (golang/go#17953): two addresses in one bucket of the table, at one of
 * which twenty thousand sleep; the other costs what it did.  Fails if the bucket is
 * one list. */
static uint32_t semas[2 * 251 + 1];
static struct g *volatile partner_g;
static void partner(void *arg) {
  (void)arg;
  while (!load_acq(&end_all)) {
    semacquire(&semas[2 * 251]);
    semrelease(&done_sema, false);
  }
}
static void pass_on(void) {
  for (int i = 0; i < 50; i++) {
    semrelease(&semas[2 * 251], false);
    semacquire(&done_sema);
  }
}
START_RUNTIME_TEST_ENV(sema_scale, "GOMAXPROCS=1", "GOGC=off") {
  spawn(partner, NULL);
  int64_t few = low_cost(pass_on, 51);
  park_many(20000, &semas[0]);
  int64_t many = low_cost(pass_on, 51);
  os_print("fifty hand-overs: %ld ns alone, %ld ns beside 20000 sleepers\n", (long)few,
           (long)many);
  CHECK(many < 5 * few + 20000);
  /* First come, first served, and nobody is lost. */
  for (int i = 0; i < 20000; i++) semrelease(&semas[0], i % 2);
  for (int i = 0; i < 20000; i++) semacquire(&done_sema);
  CHECK(semas[0] == 0);
}

/* ---- What idles ----------------------------------------------------------- */

static void compute(int64_t ns) {
  int64_t until = os_thread_cputime() + ns;
  while (os_thread_cputime() < until)
    for (int i = 0; i < 1000; i++) tern_poll();
}

/* T-idle-cpu (golang/go#43997): beside one goroutine that computes, threads without
 * work sleep.  Fails if findRunnable spins on. */
START_RUNTIME_TEST_ENV(idle_cpu, "GOMAXPROCS=4") {
  for (int i = 0; i < 100; i++) spawn(waits, &never);
  for (int i = 0; i < 100; i++) gosched();
  lockOSThread(); /* so that its processor time is this thread's */
  int64_t mine = os_thread_cputime(), all = os_cputime();
  compute(300000000);
  mine = os_thread_cputime() - mine;
  all = os_cputime() - all;
  unlockOSThread();
  os_print("one computes %ld us, the process %ld us\n", (long)(mine / 1000),
           (long)(all / 1000));
  CHECK(all - mine < mine / 4);
}

/* T-idle-gc-cpu (golang/go#17969, #44163): a collection of a quiet program takes about
 * the same processor time however many Ps there are to mark on. */
static int64_t cycle_cost(int32_t procs) {
  set_gomaxprocs(procs);
  int64_t best = INT64_MAX;
  for (int i = 0; i < 7; i++) {
    int64_t began = os_cputime();
    gc_run();
    int64_t took = os_cputime() - began;
    if (took < best) best = took;
  }
  return best;
}
START_RUNTIME_TEST_ENV(idle_gc_cpu, "GOMAXPROCS=8", "GOGC=off") {
  deep_list(200000);
  int64_t one = cycle_cost(1), many = cycle_cost(8);
  os_print("a cycle takes %ld us with one P, %ld us with eight\n", (long)(one / 1000),
           (long)(many / 1000));
  CHECK(many < 3 * one + 3000000);
}

/* T-timer-reset-cpu (golang/go#51654): a timer that is moved over and over, later or
 * earlier, wakes nobody up and leaves nothing behind. */
static void no_op(void *arg, int64_t seq) { (void)arg, (void)seq; }
START_RUNTIME_TEST_ENV(timer_reset_cpu, "GOMAXPROCS=4") {
  static struct timer t = {.f = no_op};
  lockOSThread();
  int64_t mine = os_thread_cputime(), all = os_cputime(), armed = timers_armed();
  for (int i = 0; i < 300000; i++) {
    timer_start(&t, os_nanotime() + 3600000000000 + (i % 2 ? i : -i), 0);
    tern_poll();
  }
  CHECK(timers_armed() == armed + 1);
  mine = os_thread_cputime() - mine;
  all = os_cputime() - all;
  unlockOSThread();
  os_print("who moves the timer takes %ld us, the process %ld us\n", (long)(mine / 1000),
           (long)(all / 1000));
  CHECK(all - mine < mine / 2 + 20000000);
}

/* ---- Stacks --------------------------------------------------------------- */

/* T-new-g-grow (golang/go#18138): goroutines that each need more than a first segment
 * live on segments of the pool; the heap does not grow with their number. */
static void grows(void *arg) { with_stack(20000, ends, arg); }
static void take_stats(void *out) { stats_check(out); }
START_RUNTIME_TEST_ENV(new_g_grow, "GOMAXPROCS=2", "GOGC=off") {
  static struct heap_stats before, after;
  for (int round = 0; round < 50; round++) {
    for (int i = 0; i < 100; i++) spawn(grows, NULL);
    for (int i = 0; i < 100; i++) semacquire(&done_sema);
    semacquire(&worldsema);
    lock_preemption();
    systemstack(take_stats, round < 5 ? &before : &after);
    unlock_preemption();
    semrelease(&worldsema, true);
  }
  CHECK(after.in_stacks <= 2 * before.in_stacks + (1 << 20));
}

int main(void) {
  const runtime_test tests[] = {TEST(stw_scale),     TEST(term_stop_scale),
                                TEST(restart_scale), TEST(sema_scale),
                                TEST(idle_cpu),      TEST(idle_gc_cpu),
                                TEST(timer_reset_cpu), TEST(new_g_grow)};
  return RUN_TESTS("cost", tests);
}
