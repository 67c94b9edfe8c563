/* script_stop_test.c - stops and handshakes that meet a P between two of its states, by
 * script on named hooks (debug build only).  Guards runtime/sched/{stop,handshake,
 * syscall,proc,suspend}.c; the schedules are the counterexamples of test/models/stop.pml
 * and suspend.pml for the switches that the tests name.
 */
#include "sched_tasks.h"

#include "script.h"

#if TERN_DEBUG

static struct g *first, *second;
static uint32_t call_over;
static int32_t ran[3];
static bool without_p[3]; /* the last one who ran fn for this P had no P itself */
static void count_p(struct p *pp) {
  add_seq(&ran[pp->id], 1);
  store_rel(&without_p[pp->id], getm()->p == 0);
}

static bool is_me(struct g *gp) { return getm()->curg == load_acq(&gp); }

static void in_call(struct g **me) {
  store_rel(me, getg());
  entersyscall();
}
static void back_from_call(void) {
  while (!load_acq(&call_over)) os_yield();
  exitsyscall();
  finished();
}

/* A handshake; every P runs fn once. */
static void handshake(int32_t procs, void (*fn)(struct p *)) {
  for (int32_t i = 0; i < procs; i++) store_seq(&ran[i], 0);
  semacquire(&worldsema);
  forEachP(fn);
  semrelease(&worldsema, true);
  for (int32_t i = 0; i < procs; i++) CHECK(load_seq(&ran[i]) == 1);
}

/* ---- E4 ------------------------------------------------------------------ */

/* A stop asks, and looks at the Ps, between the last look of a goroutine that enters a
 * call and its publication: it counts its P itself (STW-5). */
static uint32_t published;
static void until_stopper_looked(enum tern_hook at, void *what) {
  (void)at, (void)what;
  if (!is_me(first) || !cas_seq(&published, 0, 1)) return;
  step(0);
  /* The stopper counts its own P first, and has looked when it drops the lock. */
  while (!load_seq(&sched.gcwaiting) || load_acq(&sched.stopwait) != 1 ||
         load_acq(&sched.lock.key) != 0)
    os_yield();
}
static void calls(void *arg) {
  (void)arg;
  in_call(&first);
  back_from_call();
}
/* False: sysmon took the P before the goroutine's second look. */
static bool counted_by_itself(void) {
  store_rel(&first, (struct g *)0);
  store_rel(&published, 0);
  store_rel(&call_over, 0);
  script_begin();
  hook_set(HOOK_syscall_publish, until_stopper_looked);
  spawn(calls, NULL);
  await_step(1); /* on the other P: this one makes no poll */
  stopTheWorld(STW_TEST);
  bool itself = stw_ring[(stw_count - 1) % STW_RING].last_how == STOPPED_IN_SYSCALL;
  startTheWorld();
  store_rel(&call_over, 1);
  wait_for(1);
  return itself;
}
START_RUNTIME_TEST_ENV(stopped_in_syscall, "GOMAXPROCS=2") {
  int rounds = 0;
  while (!counted_by_itself()) CHECK(++rounds < 20);
}

/* ---- E1: golang/go#10618 -------------------------------------------------- */

/* The first goroutine has seen the stop, and is delayed.  The stop takes its P, ends;
 * the second one enters a call on that P, and a handshake waits for it.  Only then the
 * first one acts: it must leave P and handshake alone. */
static struct p *calling_p;
static void hold_first(enum tern_hook at, void *what) {
  (void)what;
  if (is_me(first) && at == HOOK_entersyscall) {
    step(0);
    while (!load_seq(&sched.gcwaiting)) os_yield();
  } else if (is_me(first) && at == HOOK_syscall_late) {
    step(1);
    step(3);
  }
}
static void hold_second(enum tern_hook at, void *what) {
  struct p *pp = what;
  if (!is_me(second)) return;
  if (at == HOOK_syscall_publish) {
    store_rel(&calling_p, pp);
    while (!load_acq(&pp->run_safe_point) || load_acq(&sched.safe_point_wait) > 1)
      os_yield();
  } else if (at == HOOK_entersyscall) {
    step(2);
    step(5);
  }
}
static void hold_both(enum tern_hook at, void *what) {
  hold_first(at, what);
  hold_second(at, what);
}
static void first_call(void *arg) {
  (void)arg;
  in_call(&first);
  step(4);
  back_from_call();
}
static void second_call(void *arg) {
  (void)arg;
  in_call(&second);
  back_from_call();
}
START_RUNTIME_TEST_ENV(late_for_the_stop, "GOMAXPROCS=2") {
  script_begin();
  hook_set(HOOK_entersyscall, hold_both);
  hook_set(HOOK_syscall_late, hold_both);
  hook_set(HOOK_syscall_publish, hold_both);
  spawn(first_call, NULL);
  await_step(1);
  stopTheWorld(STW_TEST);
  await_step(2);
  startTheWorld();
  spawn(second_call, NULL);
  while (!load_acq(&calling_p)) procyield(1);
  handshake(2, count_p);
  AWAIT(steps_done() == 6); /* sysmon may have served the second one before */
  store_rel(&call_over, 1);
  wait_for(2);
}

/* ---- E9 and E8 ------------------------------------------------------------ */

/* A handshake begins after the last look of a thread whose P goes idle (E9), or is
 * handed off (E8): it is neither on the idle list nor in a call. */
static void let_go(struct p *pp) {
  count_p(pp);
  static uint32_t once;
  if (pp == getm()->p && cas_seq(&once, 0, 1)) step(1); /* the caller's own comes last */
}
static void flagged_in_step_0(int32_t procs) {
  await_step(1); /* no poll until the handshake */
  handshake(procs, let_go);
}
static void ends(void *arg) {
  (void)arg;
  finished();
}
START_RUNTIME_TEST_ENV(flagged_going_idle, "GOMAXPROCS=2") {
  script_begin();
  at_hook(HOOK_idle, NULL, 0, 2);
  spawn(ends, NULL);
  flagged_in_step_0(2);
  wait_for(1);
}
static struct p *handed_off;
static void hold_handoff(enum tern_hook at, void *what) {
  (void)at;
  static uint32_t once;
  if (!cas_seq(&once, 0, 1)) return;
  handed_off = what;
  step(0);
  step(2);
}
START_RUNTIME_TEST_ENV(flagged_in_handoff, "GOMAXPROCS=3") {
  script_begin();
  hook_set(HOOK_handoff_idle, hold_handoff);
  spawn(calls, NULL);
  flagged_in_step_0(3);
  CHECK(load_acq(&without_p[handed_off->id])); /* by sysmon, in handoffp */
  store_rel(&call_over, 1);
  wait_for(1);
}

/* ---- E18 ------------------------------------------------------------------ */

/* A goroutine that stops itself cannot be claimed before its thread has let go. */
static bool seen_stopping;
static void look_at_stopping(enum tern_hook at, void *what) {
  (void)at;
  struct g *gp = what;
  CHECK(readgstatus(gp) == (_Gscan | _Gpreempted) && gp->m == getm());
  store_rel(&seen_stopping, true);
}
static struct g *polling;
static void polls(void *arg) {
  (void)arg;
  store_rel(&polling, getg());
  while (!load_acq(&call_over)) tern_poll();
  finished();
}
START_RUNTIME_TEST_ENV(not_claimed_too_early, "GOMAXPROCS=2") {
  script_begin();
  hook_set(HOOK_preempt_park, look_at_stopping);
  spawn(polls, NULL);
  AWAIT(load_acq(&polling));
  for (int i = 0; !load_acq(&seen_stopping); i++) { /* else it was off its P */
    CHECK(i < 1000);
    resume_from_goroutine(suspend_from_goroutine(polling));
  }
  store_rel(&call_over, 1);
  wait_for(1);
}

/* FEP-11, C-5: a goroutine that is about to make a system call that lasts is the last to
 * serve a handshake, or is waited for by one that wants to claim it; and all others
 * compute.  Whom it makes ready so late is next on its P, and does not wait for sysmon. */
static struct g *calling;
static bool asked(void) {
  return load_acq(&getp()->run_safe_point) || load_acq(&getg()->preempt_stop);
}
static void serves_and_calls(void *arg) {
  (void)arg;
  store_rel(&calling, getg());
  while (!asked()) procyield(1); /* without a poll */
  entersyscall();
  int64_t until = os_nanotime() + 500000000;
  while (!load_acq(&call_over) && os_nanotime() < until) os_usleep(1000);
  exitsyscall();
  finished();
}
static void computes(void *arg) {
  (void)arg;
  while (!load_acq(&call_over)) tern_poll();
  finished();
}
START_RUNTIME_TEST_ENV(served_before_call, "GOMAXPROCS=2") {
  spawn(serves_and_calls, NULL);
  AWAIT(load_acq(&calling));
  spawn(computes, NULL);
  int64_t before = load_rlx(&sched.nsyscalls_retaken);
  handshake(2, count_p);
  CHECK(load_rlx(&sched.nsyscalls_retaken) == before);
  store_rel(&call_over, 1);
  wait_for(2);
}

START_RUNTIME_TEST_ENV(watched_before_call, "GOMAXPROCS=2") {
  spawn(serves_and_calls, NULL);
  AWAIT(load_acq(&calling));
  spawn(computes, NULL);
  int64_t before = load_rlx(&sched.nsyscalls_retaken);
  resume_from_goroutine(suspend_from_goroutine(calling));
  CHECK(load_rlx(&sched.nsyscalls_retaken) == before);
  store_rel(&call_over, 1);
  wait_for(2);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(served_before_call),
      TEST(watched_before_call),
      TEST(stopped_in_syscall),
      TEST(late_for_the_stop),
      TEST(flagged_going_idle),
      TEST(flagged_in_handoff),
      TEST(not_claimed_too_early),
  };
  return RUN_TESTS("script_stop", tests);
}

#else
int main(void) {
  puts("script_stop: the hooks exist in the debug build only");
  return 0;
}
#endif
