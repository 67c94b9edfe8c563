/* gc_end_test.c - the end of marking, in a cycle that the test drives and at the hooks of
 * the debug build: what is found late, who is woken when; the background sweeper.
 */
#include "gc_hold.h"
#include "sync/hook.h"

#if TERN_DEBUG

/* The only pointer is in *mine, on the stack of the running goroutine. */
static __attribute__((noinline)) uintptr_t make_on_stack(
    struct node *volatile *mine) {
  *mine = new_node(17);
  return hide(*mine);
}

/* A white stack puts it into a black object and forgets it. */
static __attribute__((noinline)) void put_into_black(
    struct node *volatile *from) {
  tern_store_ptr(&root->l, *from);
  *from = NULL;
}
static uint32_t may_look;

/* T-term-spin (E33, MT-3), T-term-retry (E12, SEM-6): a barrier greys an object after
 * the wave was clean everywhere; the stop finds it, lets go of everything, and marking
 * goes on. */
static struct node *volatile *late_from;
static void put_late(enum tern_hook at, void *what) {
  (void)at, (void)what;
  if (late_from && *late_from) put_into_black(late_from);
}
START_RUNTIME_TEST_ENV(term_late, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t victim = make_on_stack(&mine);
  tern_store_ptr(&root, new_node(18));
  hold_cycle();
  mark_but(getg());
  CHECK(!marked(victim));
  late_from = &mine;
  hook_set(HOOK_mark_done_wave, put_late);
  finish_cycle();
  CHECK(!mine && is_allocated(victim) && intact(root->l, 17));
  CHECK(gc_cycle.stops == 2);
}

/* T-term-restart (E34, MT-4): the same, but the P whose buffer holds the object has
 * nothing more to run, and of the idle ones it is the last that would be woken. */
enum { PUTTERS = 3 };
static uintptr_t late_victim;
static uint32_t put_now, putting, have_put; /* atomic */
static int32_t putter_p[PUTTERS];
static void putter(void *arg) {
  uint64_t me = (uint64_t)(uintptr_t)arg;
  add_seq(&putting, 1);
  while (!load_acq(&put_now)) tern_poll();
  putter_p[me] = getp()->id; /* no poll from here on */
  add_seq(&have_put, 1);
  while (load_acq(&have_put) < PUTTERS) os_yield();
  bool last = true;
  for (int i = 0; i < PUTTERS; i++) last = last && putter_p[i] <= putter_p[me];
  if (last) tern_store_ptr(&root->l, (void *)~late_victim);
  semacquire(&may_look);
  semrelease(&done_sema, false);
}
static void until_idle(enum tern_hook at, void *what) {
  (void)at, (void)what;
  if (load_acq(&put_now)) return;
  store_rel(&put_now, 1);
  int64_t until = os_nanotime() + 5000000000;
  while (load_acq(&sched.npidle) < PUTTERS)
    if (os_nanotime() > until) throw("term_idle: a P does not become idle");
}
START_RUNTIME_TEST_ENV(term_idle, "GOMAXPROCS=4", "GOGC=off") {
  struct node *volatile mine = NULL;
  late_victim = make_on_stack(&mine);
  mine = NULL;
  tern_store_ptr(&root, new_node(18));
  hold_cycle();
  clean_stack();
  mark_but(NULL);
  for (int64_t i = 0; i < PUTTERS; i++) spawn(putter, (void *)(uintptr_t)i);
  AWAIT(load_acq(&putting) == PUTTERS);
  CHECK(!marked(late_victim));
  hook_set(HOOK_mark_done_wave, until_idle);
  finish_cycle();
  CHECK(is_allocated(late_victim) && intact(root->l, 17));
  CHECK(gc_cycle.stops == 2);
  for (int i = 0; i < PUTTERS; i++) semrelease(&may_look, false);
  for (int i = 0; i < PUTTERS; i++) semacquire(&done_sema);
}

/* T-assist-end (E53, MT-7), T-assist-dead: when those who wait for credit are taken off
 * their queue, nobody can queue any more.  They may be thousands, so the stop does not
 * wait until each is ready (MT-5). */
static struct g *debtor_g;
static int64_t flips;
static void debtor(void *arg) {
  (void)arg;
  store_rel(&debtor_g, getg());
  getg()->assist_bytes = -((int64_t)1 << 30);
  gc_assist();
  CHECK(load_seq(&gc_phase) != GC_MARK);
  semrelease(&may_look, false);
}
static void not_in_the_stop(enum tern_hook at, void *what) {
  (void)at, (void)what;
  CHECK(!world_is_stopped());
}
static void look_at_flip(enum tern_hook at, void *what) {
  (void)at, (void)what;
  CHECK(!load_acq(&gc_blacken_enabled));
  CHECK(readgstatus(debtor_g) == _Gwaiting);
  add_seq(&flips, 1);
}
START_RUNTIME_TEST_ENV(assist_end, "GOMAXPROCS=2", "GOGC=off") {
  hold_cycle();
  mark_but(NULL);
  spawn(debtor, NULL);
  AWAIT(load_acq(&debtor_g) && readgstatus(debtor_g) == _Gwaiting &&
        debtor_g->waitreason == WAIT_GC_ASSIST);
  hook_set(HOOK_flip, look_at_flip);
  hook_set(HOOK_ready, not_in_the_stop);
  finish_cycle();
  CHECK(flips == 1);
  semacquire(&may_look);
}

/* ---- Work that grows with the number of goroutines --------------------------------- */

enum { SLEEPERS = 3000, TALL = 100, TALL_STACK = 5 * STACK_FIRST };
static uint32_t asleep, may_end, ended; /* the first and the last atomic */
static void sleeper(void *arg) {
  (void)arg;
  add_seq(&asleep, 1);
  semacquire(&may_end);
  add_seq(&ended, 1);
}
static void tall(void *arg) { with_stack(TALL_STACK, sleeper, arg); }
static void start_sleepers(void (*fn)(void *), uint32_t n) {
  for (uint32_t i = 0; i < n; i++) spawn(fn, NULL);
  AWAIT(load_acq(&asleep) == n);
}
static void end_sleepers(uint32_t n) {
  for (uint32_t i = 0; i < n; i++) semrelease(&may_end, false);
  AWAIT(load_acq(&ended) == n);
}

/* T-poll-gap: before a cycle begins, every goroutine's flag is cleared; that is no
 * stretch without safepoints.  At each the hook asks for the next. */
static struct g *starter;
static uint32_t start_polls;
static void ask_again(enum tern_hook at, void *what) {
  (void)at;
  if (what != starter || load_seq(&gc_phase) != GC_OFF) return;
  store_rlx(&starter->preempt, true);
  if (load_acq(&gc_starting)) start_polls++;
}
START_RUNTIME_TEST_ENV(start_polls_often, "GOMAXPROCS=2", "GOGC=off") {
  start_sleepers(sleeper, SLEEPERS);
  starter = getg();
  hook_set(HOOK_guard_reset, ask_again);
  stack_set_guard(starter);
  stack_poison_if_asked(starter);
  gc_run();
  hook_set(HOOK_guard_reset, NULL);
  CHECK(start_polls >= SLEEPERS / 300);
  end_sleepers(SLEEPERS);
}

/* SEM-2: who waits to stop the world while a cycle ends need not wait until the stacks
 * of goroutines that are gone went back to the heap. */
static struct heap_stats stats_then, stats_after;
static struct g *ender_g, *stopper_g; /* atomic */
static void end_marking(void *arg) {
  (void)arg;
  store_rel(&ender_g, getg());
  store_rel(&gc_no_workers, false);
  if (sub_seq(&gc_active, 1) == 0 && mark_is_candidate()) gcMarkDone();
}
static void read_stats(void *to) { stats_read(to); }
static void stop_and_read(void *arg) {
  (void)arg;
  store_rel(&stopper_g, getg());
  stopTheWorld(STW_TEST);
  systemstack(read_stats, &stats_then);
  startTheWorld();
  semrelease(&may_look, false);
}
#define AWAIT_WAITS(gp) AWAIT(load_acq(&gp) && readgstatus(gp) == _Gwaiting)
START_RUNTIME_TEST_ENV(stop_before_trim, "GOMAXPROCS=1", "GOGC=off") {
  start_sleepers(tall, TALL);
  end_sleepers(TALL);
  hold_cycle();
  mark_but(NULL);
  semacquire(&worldsema);
  spawn(end_marking, NULL);
  AWAIT_WAITS(ender_g);
  spawn(stop_and_read, NULL);
  AWAIT_WAITS(stopper_g);
  semrelease(&worldsema, true);
  semacquire(&may_look);
  semacquire(&done_sema);
  stopTheWorld(STW_TEST);
  systemstack(read_stats, &stats_after);
  startTheWorld();
  CHECK(stats_then.in_stacks > stats_after.in_stacks + TALL / 2 * (int64_t)TALL_STACK);
}

/* ---- The background sweeper --------------------------------------------- */

/* T-bgsweep-empty (E56, SW-5): a thread without a P is inside its last span for
 * long; the background sweeper, which finds nothing more, serves handshakes. */
static uint32_t sweeper_stuck, sweeper_leave; /* atomic */
static __thread bool is_slow_sweeper;
static void slow_end(enum tern_hook at, void *what) {
  (void)at, (void)what;
  if (!is_slow_sweeper || load_acq(&sweeper_stuck)) return;
  store_rel(&sweeper_stuck, 1);
  int64_t until = os_nanotime() + 5000000000;
  while (!load_acq(&sweeper_leave)) {
    os_usleep(100);
    if (os_nanotime() > until)
      throw("a handshake waits for the background sweeper");
  }
}
static void slow_sweeper(void *arg) {
  (void)arg;
  is_slow_sweeper = true;
  while (!load_acq(&sweeper_stuck)) {
    sweepone();
    os_yield();
  }
}
static void nothing(struct p *pp) { (void)pp; }
START_RUNTIME_TEST_ENV(bgsweep_empty, "GOMAXPROCS=2", "GOGC=off") {
  collect();
  hook_set(HOOK_sweep_end, slow_end);
  CHECK(os_thread_create(slow_sweeper, NULL));
  for (int i = 0; i < 100 && !load_acq(&sweeper_stuck); i++) {
    for (int k = 0; k < 20000; k++) new_node(1);
    spawn(run_gc, NULL);
    AWAIT(load_acq(&sweeper_stuck) || load_acq(&done_sema));
    if (!load_acq(&sweeper_stuck)) semacquire(&done_sema);
  }
  CHECK(load_acq(&sweeper_stuck) && !sweep_is_done());
  for (int i = 0; i < 200; i++) {
    gosched(); /* the background sweeper goes round */
    semacquire(&worldsema);
    forEachP(nothing);
    semrelease(&worldsema, true);
  }
  store_rel(&sweeper_leave, 1);
  semacquire(&done_sema);
}

int main(void) {
  const runtime_test tests[] = {TEST(term_late), TEST(term_idle), TEST(assist_end),
                                TEST(start_polls_often), TEST(stop_before_trim),
                                TEST(bgsweep_empty)};
  return RUN_TESTS("gc_end", tests);
}

#else
int main(void) {
  puts("gc_end: the hooks exist in the debug build only");
  return 0;
}
#endif
