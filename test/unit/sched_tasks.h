/* sched_tasks.h - goroutines that the scheduler's tests have in common. */
#ifndef TERN_TEST_SCHED_TASKS_H
#define TERN_TEST_SCHED_TASKS_H

#include "gc/gc.h"
#include "runtime_test.h"
#include "sched/sema.h"
#include "sched/timer.h"

static TERN_UNUSED uint32_t done_sema;
static TERN_UNUSED int64_t counter;

static TERN_UNUSED void wait_for(int n) {
  for (int i = 0; i < n; i++) semacquire(&done_sema);
}
static TERN_UNUSED void finished(void) { semrelease(&done_sema, false); }

static TERN_UNUSED void add_arg(void *arg) {
  add_seq(&counter, (int64_t)(uintptr_t)arg);
  CHECK(getg()->goid > 1 && !on_g0() && getp());
  finished();
}

static TERN_UNUSED struct g *parked_g;
static TERN_UNUSED bool publish(struct g *gp, void *arg) {
  (void)arg;
  CHECK(readgstatus(gp) == _Gwaiting); /* PRK-1: already parked */
  CHECK(on_g0());
  store_rel(&parked_g, gp);
  return true;
}

static TERN_UNUSED void parker(void *arg) {
  (void)arg;
  for (int i = 0; i < 2000; i++) {
    gopark(publish, NULL, WAIT_CHAN_RECEIVE);
    CHECK(getg()->param == (void *)(uintptr_t)i);
  }
  finished();
}

static TERN_UNUSED struct g *target;

static TERN_UNUSED int pipe_fd[2];
static TERN_UNUSED void blocking_read(void *arg) {
  (void)arg;
  char c;
  entersyscall();
  ssize_t n = read(pipe_fd[0], &c, 1);
  exitsyscall();
  CHECK(n == 1 && getp());
  finished();
}

#endif
