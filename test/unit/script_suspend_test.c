/* script_suspend_test.c - a goroutine that was asked to stop leaves RUNNING in another
 * way than by a poll, by script on a named hook (debug build only).  Guards
 * runtime/sched/suspend.c and who calls its g_rested; the schedules are the
 * counterexamples of test/models/suspend.pml for the switches that the tests name.
 */
#include "sched_tasks.h"

#include "script.h"

#if TERN_DEBUG

static uint32_t asked, over;

/* The word is locked meanwhile: the change of state comes after the request. */
static void note_request(enum tern_hook at, void *what) {
  (void)at;
  if (what == load_acq(&target)) store_rel(&asked, 1);
}
static void until_asked(void) { /* without a poll */
  store_rel(&target, getg());
  while (!load_acq(&asked)) procyield(1);
}

/* Claims the target, which computes until it is asked. */
static struct suspend_state claim_when_asked(void (*leaves)(void *)) {
  hook_set(HOOK_suspend_request, note_request);
  spawn(leaves, NULL);
  while (!load_acq(&target)) procyield(1); /* on the other P */
  struct suspend_state st = suspend_from_goroutine(target);
  CHECK(load_acq(&asked));
  return st;
}

/* Switches NOPARK, TAKEEARLY and PUSHLATE. */
static void parks(void *arg) {
  (void)arg;
  until_asked();
  gopark(publish, NULL, WAIT_CHAN_RECEIVE);
  finished();
}
START_RUNTIME_TEST_ENV(parks_when_asked, "GOMAXPROCS=2") {
  struct suspend_state st = claim_when_asked(parks);
  CHECK(!st.dead && !st.stopped && G_STATE(readgstatus(target)) == _Gwaiting);
  resume_from_goroutine(st);
  AWAIT(load_acq(&parked_g));
  goready(parked_g);
  wait_for(1);
}

/* Switch NOCALL. */
static void calls(void *arg) {
  (void)arg;
  until_asked();
  entersyscall();
  while (!load_acq(&over)) os_yield();
  exitsyscall();
  finished();
}
START_RUNTIME_TEST_ENV(calls_when_asked, "GOMAXPROCS=2") {
  struct suspend_state st = claim_when_asked(calls);
  CHECK(!st.dead && !st.stopped && G_STATE(readgstatus(target)) == _Gsyscall);
  store_rel(&over, 1); /* it comes back, and waits for the end of the claim: C-3 */
  for (int i = 0; i < 100; i++) {
    os_yield();
    CHECK(G_STATE(readgstatus(target)) != _Grunning);
  }
  resume_from_goroutine(st);
  wait_for(1);
}

/* Switches NOEXIT, E17 and CHASE: it is gone, and so is the request. */
static void ends(void *arg) {
  (void)arg;
  until_asked();
}
START_RUNTIME_TEST_ENV(ends_when_asked, "GOMAXPROCS=2") {
  struct suspend_state st = claim_when_asked(ends);
  CHECK(st.dead);
  CHECK(!target->preempt_stop && !target->preempt);
}

/* A goroutine that stopped wakes those who watched it stop, and none who registered
 * since: such a one would not hear of its end (as switch TAKELATE).  Its thread is
 * held before the wake-ups; it is claimed, let go, and runs elsewhere. */
static uint32_t held, go_on, may_poll, requests;
static void hold_thread(enum tern_hook at, void *what) {
  (void)at;
  if (what != load_acq(&target) || load_acq(&held)) return;
  store_rel(&held, 1);
  while (!load_acq(&go_on)) os_yield();
}
static void count_request(enum tern_hook at, void *what) {
  (void)at;
  if (what == load_acq(&target)) add_seq(&requests, 1);
}
static void computes(void *arg) {
  (void)arg;
  store_rel(&target, getg());
  while (!load_acq(&over))
    if (load_acq(&may_poll)) tern_poll();
  finished();
}
static void claims(void *arg) {
  (void)arg;
  resume_from_goroutine(suspend_from_goroutine(target));
  finished();
}
START_RUNTIME_TEST_ENV(wakes_its_own, "GOMAXPROCS=5") {
  store_rel(&may_poll, 1);
  spawn(computes, NULL);
  AWAIT(load_acq(&target));
  hook_set(HOOK_suspend_request, count_request);
  hook_set(HOOK_preempt_parked, hold_thread);
  spawn(claims, NULL);
  AWAIT(load_acq(&held));
  store_rel(&may_poll, 0);
  struct suspend_state st = suspend_from_goroutine(target);
  CHECK(st.stopped && load_acq(&requests) == 1);
  resume_from_goroutine(st);
  AWAIT(readgstatus(target) == _Grunning);
  spawn(claims, NULL);
  AWAIT(load_acq(&requests) == 2);
  store_rel(&go_on, 1); /* the first asks again, the second sleeps on */
  AWAIT(load_acq(&requests) >= 3);
  os_usleep(20000);
  CHECK(load_acq(&requests) == 3);
  store_rel(&may_poll, 1);
  wait_for(2);
  store_rel(&over, 1);
  wait_for(1);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(wakes_its_own),
      TEST(parks_when_asked),
      TEST(calls_when_asked),
      TEST(ends_when_asked),
  };
  return RUN_TESTS("script_suspend", tests);
}

#else
int main(void) {
  puts("script_suspend: the hooks exist in the debug build only");
  return 0;
}
#endif
