/* script_idle_test.c - what is queued while a P goes idle, by script on named hooks
 * (debug build only).  Guards handoffp and findRunnable in runtime/sched/proc.c; the
 * schedules are those that the model test/models/idle.pml finds for its switches.
 */
#include "sched_tasks.h"

#include "script.h"

#if TERN_DEBUG

static uint32_t started, over, release;
static void computes(void *arg) {
  add_seq(&started, 1);
  while (!load_acq((uint32_t *)arg)) procyield(1); /* no poll */
  finished();
}

/* Queues goroutines until all Ps but those in `busy` compute: then nobody is idle. */
static void keep_busy(uint32_t n) {
  for (uint32_t i = 0; i < n; i++) {
    uint32_t before = load_acq(&started);
    spawn(computes, &over);
    while (load_acq(&started) == before) procyield(1);
  }
}

/* Is a goroutine that is queued now run by another P, though this one makes no poll? */
static bool runs_elsewhere(uint32_t before) {
  int64_t until = os_nanotime() + 2000000000;
  while (load_acq(&started) == before && os_nanotime() < until) procyield(1);
  return load_acq(&started) > before;
}

/* Switch HANDOFF.  P 1 is handed off; sysmon has looked at the queues and at the idle
 * Ps, and saw P 2 idle.  Then P 2 finds work, and more is queued while no P is idle. */
static void in_call(void *arg) {
  (void)arg;
  entersyscall();
  while (!load_acq(&release)) os_yield();
  exitsyscall();
  finished();
}
START_RUNTIME_TEST_ENV(queued_in_handoff, "GOMAXPROCS=3") {
  script_begin();
  at_hook(HOOK_handoff_idle, NULL, 0, 2);
  spawn(in_call, NULL);
  await_step(1); /* without a poll from here on */
  keep_busy(1);
  CHECK(load_seq(&sched.npidle) == 0);
  uint32_t before = load_acq(&started);
  spawn(computes, &over);
  step(1);
  CHECK(runs_elsewhere(before));
  store_rel(&over, 1);
  store_rel(&release, 1);
  wait_for(3);
}


int main(void) {
  const runtime_test tests[] = {
      TEST(queued_in_handoff),
  };
  return RUN_TESTS("script_idle", tests);
}

#else
int main(void) {
  puts("script_idle: the hooks exist in the debug build only");
  return 0;
}
#endif
