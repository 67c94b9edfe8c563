/* fair_test.c - nobody waits for ever: streams of new goroutines, loops of yields,
 * and what a dying process says while the scheduler's locks are held.
 * The names are those of the protocols' tests.
 */
#include "gc_hold.h"

#include "heap/pages.h"
#include "sched/proc.h"

/* ---- Starvation ----------------------------------------------------------- */

static uint32_t victim_ran, enough;
static int64_t links;
static void victim(void *arg) {
  (void)arg;
  store_rel(&victim_ran, 1);
}

/* T-fair-newproc (golang/go#52934): each goroutine starts the next and ends. The new
 * one goes first (runnext), and the victim behind it has its turn all the same, since
 * the whole chain has one time slice.  Fails if execute begins a new slice for it. */
static void chain(void *arg) {
  (void)arg;
  add_rlx(&links, 1);
  if (!load_acq(&enough)) spawn(chain, NULL);
}
START_RUNTIME_TEST_ENV(fair_newproc, "GOMAXPROCS=1", "GOGC=off") {
  spawn(victim, NULL);
  spawn(chain, NULL);
  AWAIT(load_acq(&victim_ran)); /* main is in the same queue */
  store_rel(&enough, 1);
  CHECK(load_rlx(&links) > 0);
}

/* The same of two that wake each other (PingPongHog). */
static uint32_t ping, pong;
static void player(void *arg) {
  bool first = arg != NULL;
  while (!load_acq(&enough)) {
    semrelease(first ? &pong : &ping, false);
    semacquire(first ? &ping : &pong);
    add_rlx(&links, 1);
    tern_poll();
  }
  semrelease(&ping, false);
  semrelease(&pong, false);
}
START_RUNTIME_TEST_ENV(fair_pingpong, "GOMAXPROCS=1") {
  spawn(player, (void *)1);
  spawn(player, NULL);
  AWAIT(load_rlx(&links) > 10);
  spawn(victim, NULL);
  AWAIT(load_acq(&victim_ran));
  store_rel(&enough, 1);
}

/* T-gosched-fair (golang/go#13546): one P has a goroutine that does not let go and a
 * victim in its queue; the other P has a goroutine that yields and is always found
 * again on the global queue.  Yields are counted: the victim must run before a
 * time slice ends, or at least when it does. */
static uint32_t hog_runs;
static void hog(void *arg) {
  (void)arg;
  spawn(victim, NULL); /* in this P's queue */
  store_rel(&hog_runs, 1);
  while (!load_acq(&enough)) tern_poll();
  semrelease(&done_sema, false);
}
START_RUNTIME_TEST_ENV(gosched_fair, "GOMAXPROCS=2") {
  for (int round = 0; round < 20; round++) {
    victim_ran = hog_runs = enough = 0;
    spawn(hog, NULL);
    while (!load_acq(&hog_runs)) tern_poll(); /* on the other P */
    AWAIT(load_acq(&victim_ran));
    store_rel(&enough, 1);
    semacquire(&done_sema);
  }
}

/* ---- Endings -------------------------------------------------------------- */

/* T-crash-locked (golang/go#59758, LK-5): who dies with a lock of the scheduler
 * held still says what every goroutine did, while the others want that lock. */
static void spinner(void *arg) {
  (void)arg;
  for (;;) {
    gosched();
    entersyscall();
    exitsyscall();
  }
}
static mutex *crash_lock;
static void throws_locked(void *arg) {
  (void)arg;
  lock(crash_lock);
  throw("the end");
}
static void crash_body(void) {
  for (int i = 0; i < 4; i++) spawn(spinner, NULL);
  for (int i = 0; i < 20; i++) gosched();
  systemstack(throws_locked, NULL);
}
START_TEST(crash_locked) {
  setenv("GOTRACEBACK", "system", 1);
  mutex *locks[] = {&sched.lock, &heap_lock};
  for (int i = 0; i < 2; i++) {
    crash_lock = locks[i];
    ASSERT_RUNTIME_DIES(crash_body, "fatal error: the end");
    ASSERT_RUNTIME_DIES(crash_body, "goroutine 1");
  }
}
END_TEST

/* T-deadlock-detect (golang/go#31966, #34575): the collector's own goroutines, the
 * sweeper and a timer that was stopped keep nobody from seeing the deadlock; a
 * pending timer does. */
static void tick(void *arg, int64_t seq) { (void)arg, (void)seq; }
static void collects_then_parks(void) {
  static struct timer t = {.f = tick};
  for (int i = 0; i < 3; i++) {
    new_node(1);
    gc_run();
  }
  timer_start(&t, os_nanotime() + 3600000000000, 0);
  timer_stop(&t);
  semacquire(&done_sema);
}
START_TEST(deadlock_detect) {
  ASSERT_RUNTIME_DIES(collects_then_parks,
                      "fatal error: all goroutines are asleep - deadlock!");
}
END_TEST

int main(void) {
  const runtime_test tests[] = {
      TEST(fair_newproc), TEST(fair_pingpong), TEST(gosched_fair), TEST(crash_locked),
      TEST(deadlock_detect)};
  return RUN_TESTS("fair", tests);
}
