/* suspend_storm.c - T-suspend-storm, T-suspend-reuse: many suspenders, and targets that run, park,
 * sit in system calls, die and are born again.
 *
 * No target may be lost (E14), readied twice (E15: fatal), stay asked to stop
 * (E16) or be stopped in a later life (E17).
 */
#include "stress.h"

enum { TARGETS = 8, SUSPENDERS = 3 };
static uint32_t enough, done_sema, turnstile;
static int64_t progress[TARGETS];
static int64_t claimed, taken_preempted, deaths;

/* One life of a target; it starts its successor before it dies. */
static void target(void *arg) {
  uint64_t i = (uint64_t)(uintptr_t)arg;
  uint64_t rng = stress_seed + i + (uint64_t)progress[i] * 31;
  uint32_t life = 1 + stress_rand(&rng, 200);
  for (uint32_t k = 0; k < life && !load_acq(&enough); k++) {
    add_rlx(&progress[i], 1);
    switch (stress_rand(&rng, 8)) {
      case 0: gosched(); break;
      case 1:
        entersyscall();
        if (stress_rand(&rng, 4) == 0) os_yield();
        exitsyscall();
        break;
      case 2: /* pairs up with another target */
        semrelease(&turnstile, stress_rand(&rng, 2));
        semacquire(&turnstile);
        break;
      case 3:
        if (stress_rand(&rng, 16) == 0) goroutine_sleep(1000);
        break;
      default:
        for (int n = 0; n < 3000; n++) tern_poll();
    }
  }
  if (load_acq(&enough)) {
    semrelease(&done_sema, false);
  } else {
    spawn(target, arg);
  }
}

static void claim(void *arg) {
  struct g *gp = arg;
  struct suspend_state st = suspendG(gp);
  if (st.dead) {
    add_rlx(&deaths, 1);
    return;
  }
  CHECK(G_CLAIMS(readgstatus(gp)) > 0);
  add_rlx(&taken_preempted, st.stopped);
  uintptr_t sp = G_STATE(readgstatus(gp)) == _Gsyscall ? gp->syscall_sp
                                                        : gp->sched_sp;
  CHECK(sp > gp->seg->lo && sp <= gp->seg->hi);
  resumeG(st);
}

static void suspender(void *arg) {
  uint64_t rng = stress_seed * 3 + (uint64_t)(uintptr_t)arg;
  do {
    struct allgs gs = allgs_snapshot();
    struct g *gp = gs.ptr[stress_rand(&rng, (uint32_t)gs.len)];
    if (gp == getg()) continue;
    with_stack_released(WAIT_FOR_GC, claim, gp);
    add_rlx(&claimed, 1);
    tern_poll();
  } while (stress_round());
  semrelease(&done_sema, false);
}

static void body(void) {
  for (int64_t i = 0; i < TARGETS; i++) spawn(target, (void *)(uintptr_t)i);
  for (int64_t i = 0; i < SUSPENDERS; i++)
    spawn(suspender, (void *)(uintptr_t)i);
  for (int i = 0; i < SUSPENDERS; i++) semacquire(&done_sema);
  store_rel(&enough, 1);
  for (int i = 0; i < TARGETS; i++) semrelease(&turnstile, false);
  for (int i = 0; i < TARGETS; i++) semacquire(&done_sema);
  os_print("suspend_storm: %ld claims, %ld of preempted, %ld of dead\n",
           (long)claimed, (long)taken_preempted, (long)deaths);
  CHECK(taken_preempted > 0);
  CHECK(sched.suspend_nudges <= 2 + stress_done / 10000); /* C-1 */
}

int main(int argc, char **argv) {
  return stress_main(argc, argv, "suspend_storm", 100000, body);
}
