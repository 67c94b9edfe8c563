/* sched_test.c - goroutines, queues, system calls, stacks, timers.
 *
 * Bodies are goroutine 1 of a real runtime (collector included, but hardly ever
 * at work).  IDs in comments are those of the protocols.
 */
#include "sync/hook.h"
#include "sched_tasks.h"

/* ---- Birth, death, order ------------------------------------------------ */

START_RUNTIME_TEST(many_goroutines) {
  for (int64_t i = 1; i <= 20000; i++) spawn(add_arg, (void *)(uintptr_t)i);
  wait_for(20000);
  CHECK(counter == 20000ll * 20001 / 2);
  AWAIT(gcount() == 1);
}

/* Dead goroutines are used again. */
START_RUNTIME_TEST(reuse) {
  for (int i = 0; i < 300; i++) {
    for (int k = 0; k < 100; k++) spawn(add_arg, (void *)1);
    wait_for(100);
  }
  CHECK(counter == 30000);
  CHECK(allgs_snapshot().len < 1500);
}

static int order[300], order_n;
static void note_order(void *arg) {
  order[order_n++] = (int)(uintptr_t)arg;
}

/* One P: the newest goes first (runnext), or last when the slice is over, the others in
 * the order they came. */
START_RUNTIME_TEST_ENV(run_order, "GOMAXPROCS=1") {
  for (int i = 0; i < 200; i++) spawn(note_order, (void *)(uintptr_t)i);
  AWAIT(order_n == 200);
  int first = order[0] == 199;
  CHECK(first || order[199] == 199);
  for (int i = 0; i < 199; i++) CHECK(order[i + first] == i);
}

/* More than the local queue holds: half of it goes to the global one; nobody is
 * lost and nobody runs twice (RUN-6). */
START_RUNTIME_TEST_ENV(queue_overflow, "GOMAXPROCS=1") {
  for (int i = 1; i <= 5000; i++) spawn(add_arg, (void *)1);
  CHECK(load_rlx(&sched.runq_size) > 0);
  wait_for(5000);
  CHECK(counter == 5000);
  gosched();
  CHECK(counter == 5000 && sched.runq_size == 0);
}

/* A P that never lets go loses its whole queue, runnext too, to the others. */
START_RUNTIME_TEST_ENV(stealing, "GOMAXPROCS=2") {
  for (int i = 0; i < 200; i++) spawn(add_arg, (void *)1);
  int64_t until = os_nanotime() + 20000000000;
  while (load_acq(&counter) < 200) CHECK(os_nanotime() < until);
  wait_for(200);
}

static void forever(void *arg) {
  (void)arg;
  for (;;) {
    tern_poll();
    add_rlx(&counter, 1);
  }
}

/* A loop with polls cannot keep the only P for itself. */
START_RUNTIME_TEST_ENV(preemption, "GOMAXPROCS=1") {
  spawn(forever, NULL);
  int64_t last = -1;
  for (int i = 0; i < 5; i++) {
    int64_t t = os_nanotime();
    gosched();
    CHECK(os_nanotime() - t < 2000000000);
    CHECK(load_rlx(&counter) > last);
    last = load_rlx(&counter);
  }
}

/* ---- Park and ready ----------------------------------------------------- */

static bool refuse(struct g *gp, void *arg) {
  (void)gp;
  ++*(int *)arg;
  return false;
}
/* T-park-race (E45, PRK-1): whoever finds it parked may ready it at once. */
START_RUNTIME_TEST(park_ready) {
  spawn(parker, NULL);
  for (int i = 0; i < 2000; i++) {
    AWAIT(load_acq(&parked_g));
    struct g *gp = parked_g;
    store_rlx(&parked_g, (struct g *)NULL);
    gp->param = (void *)(uintptr_t)i;
    goready(gp);
  }
  wait_for(1);
}

/* T-park-refuse (PRK-3): an unlock function that refuses sends the goroutine on at once; a stop
 * gets in all the same. */
static void refuser(void *arg) {
  int n = 0;
  while (!load_acq((uint32_t *)arg)) gopark(refuse, &n, WAIT_CHAN_RECEIVE);
  CHECK(n > 0);
  finished();
}
START_RUNTIME_TEST(park_refused) {
  uint32_t stop = 0;
  spawn(refuser, &stop);
  for (int i = 0; i < 200; i++) {
    stopTheWorld(STW_TEST);
    startTheWorld();
    gosched();
  }
  store_rel(&stop, 1);
  wait_for(1);
}

static void ready_twice(void) {
  spawn(parker, NULL);
  AWAIT(load_acq(&parked_g));
  lock_preemption();
  goready(parked_g);
  goready(parked_g);
}
START_TEST(double_ready) {
  setenv("GOMAXPROCS", "1", 1);
  ASSERT_RUNTIME_DIES(ready_twice, "status is");
}
END_TEST

/* ---- Semaphores --------------------------------------------------------- */

static uint32_t sema;
static void in_line(void *arg) {
  store_rel(&target, getg());
  semacquire(&sema);
  order[order_n++] = (int)(uintptr_t)arg;
  finished();
}

/* First come, first served; with hand-off nobody else can take it. */
START_RUNTIME_TEST_ENV(sema_order, "GOMAXPROCS=1") {
  for (int i = 0; i < 10; i++) {
    store_rel(&target, (struct g *)NULL);
    spawn(in_line, (void *)(uintptr_t)i);
    AWAIT(load_acq(&target) && readgstatus(target) == _Gwaiting);
  }
  for (int i = 0; i < 10; i++) {
    semrelease(&sema, true);
    CHECK(sema == 0);
  }
  wait_for(10);
  CHECK(sema == 0 && order_n == 10);
  for (int i = 0; i < 10; i++) CHECK(order[i] == i);
}

#if TERN_DEBUG
/* While a waiter is handed the semaphore, nobody else finds it free. */
static int64_t handed;
static void look_at_count(enum tern_hook at, void *what) {
  (void)at;
  if (what != &sema) return;
  CHECK(load_seq(&sema) == 0);
  handed++;
}
START_RUNTIME_TEST_ENV(sema_handoff_direct, "GOMAXPROCS=1") {
  hook_set(HOOK_sema_handoff, look_at_count);
  store_rel(&target, (struct g *)NULL);
  spawn(in_line, NULL);
  AWAIT(load_acq(&target) && readgstatus(target) == _Gwaiting);
  semrelease(&sema, true);
  wait_for(1);
  CHECK(handed == 1 && sema == 0);
  semrelease(&sema, true);
  CHECK(handed == 1 && sema == 1);
}
#endif

static uint32_t critical = 1;
static int64_t inside;
static void storm(void *arg) {
  (void)arg;
  for (int i = 0; i < 2000; i++) {
    semacquire(&critical);
    CHECK(++inside == 1);
    if (i % 16 == 0) gosched();
    counter++;
    inside--;
    semrelease(&critical, i % 3 == 0);
  }
  finished();
}
START_RUNTIME_TEST(sema_exclusion) {
  for (int i = 0; i < 8; i++) spawn(storm, NULL);
  wait_for(8);
  CHECK(counter == 16000 && critical == 1);
}

/* ---- Timers ------------------------------------------------------------- */

static int64_t sleep_errors;
static void sleeper(void *arg) {
  int64_t ns = (int64_t)(uintptr_t)arg, t = os_nanotime();
  goroutine_sleep(ns);
  int64_t took = os_nanotime() - t;
  CHECK(took >= ns);
  if (took > ns + 500000000) add_seq(&sleep_errors, 1);
  finished();
}
START_RUNTIME_TEST(sleeping) {
  for (int i = 0; i < 500; i++)
    spawn(sleeper, (void *)(uintptr_t)(test_rand(200) * 1000000ull + 1));
  wait_for(500);
  CHECK(sleep_errors == 0);
}

static int64_t fired[64], fired_n, last_when;
static struct timer timers[64];
static void fire(void *arg, int64_t seq) {
  CHECK(on_g0() && getp());
  struct timer *t = arg;
  CHECK(seq == t - timers && os_nanotime() >= t->when);
  CHECK(t->when >= last_when); /* in order */
  last_when = t->when;
  fired[seq]++;
  add_seq(&fired_n, 1);
}
/* Random arming, moving and stopping against a model. */
START_RUNTIME_TEST_ENV(timer_model, "GOMAXPROCS=1") {
  int64_t now = os_nanotime(), armed = 0;
  for (int i = 0; i < 64; i++)
    timers[i] = (struct timer){.f = fire, .arg = &timers[i], .seq = i};
  bool is_armed[64] = {0};
  for (int round = 0; round < 3000; round++) {
    uint32_t i = test_rand(64);
    if (test_rand(3)) {
      int64_t when = now + 300000000 + test_rand(50) * 1000000;
      CHECK(timer_start(&timers[i], when, 0) == is_armed[i]);
      armed += !is_armed[i];
      is_armed[i] = true;
    } else {
      CHECK(timer_stop(&timers[i]) == is_armed[i]);
      armed -= is_armed[i];
      is_armed[i] = false;
    }
  }
  int64_t least = 0;
  for (int i = 0; i < 64; i++)
    if (is_armed[i] && (!least || timers[i].when < least))
      least = timers[i].when;
  CHECK(timers_next() == least);
  AWAIT(load_acq(&fired_n) == armed);
  for (int i = 0; i < 64; i++) {
    CHECK(fired[i] == is_armed[i]);
    CHECK(!timer_stop(&timers[i]));
  }
}

/* T-poll-gap: a thousand timers that are due at once do not hold up a stop. */
static void count(void *arg, int64_t seq) {
  (void)arg, (void)seq;
  add_seq(&fired_n, 1);
}
START_RUNTIME_TEST_ENV(timer_batches, "GOMAXPROCS=1") {
  static struct timer many[1000];
  for (int i = 0; i < 1000; i++) {
    many[i].f = count;
    timer_start(&many[i], os_nanotime() + 3600000000000, 0);
  }
  for (int64_t last = 0; last < 1000; last = load_seq(&fired_n)) {
    CHECK(load_seq(&fired_n) == last);
    CHECK(timers_run(INT64_MAX) != 0 || load_seq(&fired_n) == 1000);
    CHECK(load_seq(&fired_n) > last && load_seq(&fired_n) <= last + 200);
  }
}

static void tick(void *arg, int64_t seq) {
  (void)seq;
  add_seq((int64_t *)arg, 1);
}
START_RUNTIME_TEST(timer_period) {
  int64_t ticks = 0;
  struct timer t = {.f = tick, .arg = &ticks};
  timer_start(&t, os_nanotime() + 1000000, 1000000);
  goroutine_sleep(100000000);
  CHECK(timer_stop(&t));
  int64_t n = load_acq(&ticks);
  CHECK(n >= 10 && n <= 101);
  goroutine_sleep(10000000);
  CHECK(load_acq(&ticks) == n);
}

/* ---- System calls ------------------------------------------------------- */

/* The only P is handed on while its thread sits in read (SYS-1). */
START_RUNTIME_TEST_ENV(syscall_handoff, "GOMAXPROCS=1") {
  CHECK(pipe(pipe_fd) == 0);
  for (int i = 0; i < 20; i++) spawn(blocking_read, NULL);
  goroutine_sleep(50000000);
  CHECK(write(pipe_fd[1], "01234567890123456789", 20) == 20);
  wait_for(20);
}

static void short_calls(void *arg) {
  (void)arg;
  for (int i = 0; i < 20000; i++) {
    entersyscall();
    if (i % 64 == 0) os_yield();
    exitsyscall();
  }
  finished();
}
START_RUNTIME_TEST(syscall_storm) {
  for (int i = 0; i < 6; i++) spawn(short_calls, NULL);
  wait_for(6);
}

/* T-preempt-syscall, E54: a loop of short calls must yield the only P. */
static void call_loop(void *arg) {
  (void)arg;
  for (;;) {
    entersyscall();
    exitsyscall();
    tern_poll();
  }
}
START_RUNTIME_TEST_ENV(preempt_syscall, "GOMAXPROCS=1") {
  spawn(call_loop, NULL);
  for (int i = 0; i < 5; i++) gosched();
}

/* The same request, by script: it comes while the goroutine is in the call. */
START_RUNTIME_TEST_ENV(preempt_in_syscall, "GOMAXPROCS=1") {
  int seen = 0;
  for (int i = 0; i < 10000 && seen < 3; i++) {
    struct p *pp = getp();
    uint32_t tick = load_rlx(&pp->schedtick);
    entersyscall();
    store_rlx(&pp->preempt, true); /* as sysmon does */
    exitsyscall();
    if (load_rlx(&pp->schedtick) != tick) continue; /* the P was away */
    CHECK(load_rlx(&tern_stackguard) == TERN_STACK_PREEMPT);
    tern_poll();
    CHECK(load_rlx(&pp->schedtick) != tick);
    seen++;
  }
  CHECK(seen == 3);
}

/* ---- Stacks ------------------------------------------------------------- */

struct deep {
  int64_t n, result;
};
static int64_t deep(int64_t n);
static void deep_again(void *p) {
  struct deep *d = p;
  d->result = deep(d->n);
}
static __attribute__((noinline)) int64_t deep_grow(int64_t n) {
  struct deep d = {n, 0};
  tern_morestack(deep_again, &d, 0);
  return d.result;
}
/* As emitted code: checks, then recurses; local[] tells if frames overlap. */
static __attribute__((noinline)) int64_t deep(int64_t n) {
  if (tern_stack_low()) return deep_grow(n);
  if (n == 0) return 0;
  volatile int64_t local[4] = {n, n + 1, n + 2, n + 3};
  int64_t r = deep(n - 1) + 1;
  for (int i = 0; i < 4; i++) CHECK(local[i] == n + i);
  return r;
}
static void deep_task(tern_func self) {
  (void)self;
  struct g *gp = getg();
  struct segment *first = gp->seg;
  CHECK(first == gp->first_seg && !first->prev);
  for (int i = 0; i < 20; i++) {
    int64_t n = 1 + (int64_t)test_rand(100000);
    int64_t before = gp->stack_bytes;
    CHECK(deep(n) == n);
    CHECK(gp->seg == first && gp->stack_bytes >= before);
  }
  CHECK(gp->stack_bytes > 1 << 20);
  int64_t sum = 0;
  for (struct segment *s = first; s; s = s->next) {
    sum += (int64_t)(s->hi - s->lo);
    CHECK(!s->next || s->next->prev == s);
    CHECK(!s->next || s->next->hi - s->next->lo >= (s->hi - s->lo) * 2);
  }
  CHECK(sum == gp->stack_bytes);
  finished();
}
START_RUNTIME_TEST(stack_growth) {
  static tern_closure c = {(void *)deep_task};
  for (int i = 0; i < 8; i++) tern_go(&c);
  wait_for(8);
}

/* T-hot-split: a loop over a segment's edge uses the spare, not the allocator (SC-9). */
static int64_t sum_morestacks;
static void nothing(void *arg) { ++*(int64_t *)arg; }
START_RUNTIME_TEST(hot_split) {
  struct g *gp = getg();
  with_stack(100000, nothing, &sum_morestacks);
  struct segment *spare = gp->seg->next;
  CHECK(spare && spare->hi - spare->lo >= 100000);
  for (int i = 0; i < 1000000; i++)
    with_stack(100000, nothing, &sum_morestacks);
  CHECK(gp->seg->next == spare && sum_morestacks == 1000001);
}

static void endless(void) { deep(INT64_MAX); }
START_TEST(stack_overflow) {
  setenv("GOTRACEBACK", "none", 1); /* ten million frames */
  ASSERT_RUNTIME_DIES(endless,
                      "goroutine stack exceeds 1000000000-byte limit\n");
  ASSERT_RUNTIME_DIES(endless, "fatal error: stack overflow\n");
}
END_TEST

/* ---- Deadlock ----------------------------------------------------------- */

static bool keep(struct g *gp, void *arg) {
  (void)gp;
  (void)arg;
  return true;
}
static void main_parks(void) { gopark(keep, NULL, WAIT_CHAN_RECEIVE); }
static void all_park(void) {
  spawn(parker, NULL);
  spawn(parker, NULL);
  semacquire(&sema);
}
static void main_exits(void) { goexit0(); }
static void waker(void *arg, int64_t seq) {
  (void)seq;
  goready(arg);
}
static void sleeps_then_parks(void) {
  static struct timer t;
  t = (struct timer){.f = waker, .arg = getg()};
  timer_start(&t, os_nanotime() + 50000000, 0);
  gopark(keep, NULL, WAIT_CHAN_RECEIVE); /* not yet: the timer wakes us */
  os_print("woken\n");
  main_parks();
}
START_TEST(deadlock) {
  static const char asleep[] =
      "fatal error: all goroutines are asleep - deadlock!";
  for (int procs = 1; procs <= 4; procs += 3) {
    setenv("GOMAXPROCS", procs == 1 ? "1" : "4", 1);
    ASSERT_RUNTIME_DIES(main_parks, asleep);
    ASSERT_RUNTIME_DIES(all_park, asleep);
    ASSERT_RUNTIME_DIES(sleeps_then_parks, "woken\nfatal error: all gorout");
    ASSERT_RUNTIME_DIES(main_exits,
                        "no goroutines (main called runtime.Goexit) - deadlock!");
  }
}
END_TEST

/* T-conserve: as many goroutines as Ps meet at a barrier again and again; a lost
 * wake-up leaves one of them on a queue and nobody awake. */
static int64_t arrived;
static uint32_t gate[2];
static void barrier_worker(void *arg) {
  int n = (int)(uintptr_t)arg;
  for (int i = 0; i < 3000; i++) {
    if (add_seq(&arrived, 1) == n) {
      arrived = 0;
      for (int k = 1; k < n; k++) semrelease(&gate[i % 2], false);
    } else {
      semacquire(&gate[i % 2]);
    }
  }
  finished();
}
START_RUNTIME_TEST_ENV(conserve, "GOMAXPROCS=4") {
  for (int i = 0; i < 4; i++) spawn(barrier_worker, (void *)4);
  wait_for(4);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(many_goroutines), TEST(reuse), TEST(run_order),
      TEST(queue_overflow), TEST(stealing), TEST(preemption),
      TEST(park_ready), TEST(park_refused), TEST(double_ready),
#if TERN_DEBUG
      TEST(sema_handoff_direct),
#endif
      TEST(sema_order), TEST(sema_exclusion), TEST(sleeping), TEST(timer_model), TEST(timer_batches),
      TEST(timer_period), TEST(syscall_handoff), TEST(syscall_storm),
      TEST(preempt_syscall), TEST(preempt_in_syscall), TEST(stack_growth), TEST(hot_split), TEST(stack_overflow),
      TEST(deadlock), TEST(conserve)};
  return RUN_TESTS("sched", tests);
}
