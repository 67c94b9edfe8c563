/* stress.h - the frame of the stress tests.
 *
 *     program [ROUNDS]        TERN_SEED and GOMAXPROCS from the environment
 *
 * A stress test runs the races of one protocol over and over inside a booted
 * runtime and prints, once a second and at the end, how many rounds it did.  It
 * fails by CHECK or throw (exit status 2) or by hanging: no round for half a
 * minute ends it with a message.
 */
#ifndef TERN_TEST_STRESS_H
#define TERN_TEST_STRESS_H

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debug/memstats.h"
#include "gc/store.h"
#include "gc/gc.h"
#include "gc/malloc.h"
#include "os/os.h"
#include "os/print.h"
#include "sched/sched.h"
#include "sched/sema.h"
#include "sched/stack.h"
#include "sched/test.h"
#include "sched/timer.h"

static int64_t stress_rounds; /* wanted */
static int64_t stress_done;   /* atomic */
static uint64_t stress_seed;
static const char *stress_name;
static int64_t stress_began, stress_printed;

static void stress_alarm(int sig) {
  (void)sig;
  static int64_t last = -1;
  static int idle; /* both relaxed: once a second, on whatever thread */
  int64_t n = load_acq(&stress_done);
  int so_far = n == load_rlx(&last) ? load_rlx(&idle) + 1 : 0;
  store_rlx(&idle, so_far);
  store_rlx(&last, n);
  if (so_far >= 30) {
    static const char m[] = "fatal error: stress: no round for 30 seconds\n";
    os_write(2, m, sizeof m - 1);
    raise(SIGQUIT);
    os_exit(2);
  }
  alarm(1);
}

/* One more round is done; false: enough. */
static bool stress_round(void) {
  int64_t n = add_seq(&stress_done, 1), now = os_nanotime();
  if (now - load_rlx(&stress_printed) > 1000000000 && n < stress_rounds) {
    store_rlx(&stress_printed, now);
    os_print("%s: %ld of %ld rounds\n", stress_name, (long)n,
             (long)stress_rounds);
  }
  return n < stress_rounds;
}

static TERN_UNUSED uint32_t stress_rand(uint64_t *state, uint32_t n) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return (uint32_t)((*state >> 33) % n);
}

/* ---- Goroutines --------------------------------------------------------- */

struct stress_task {
  tern_closure closure;
  void (*fn)(void *);
  void *arg;
};
static const uint64_t stress_task_mask[1] = {4};
static tern_type t_stress_task = {
    .size = sizeof(struct stress_task), .ptrdata = sizeof(struct stress_task),
    .ptrmask = stress_task_mask, .kind = TERN_STRUCT, .align = 8,
    .name = TERN_STR_INIT("task")};
static void stress_task_code(tern_func self) {
  struct stress_task *t = (struct stress_task *)self;
  with_stack(16384, t->fn, t->arg);
}
/* go fn(arg) */
static TERN_UNUSED void spawn(void (*fn)(void *), void *arg) {
  struct stress_task *t = tern_new(&t_stress_task);
  t->closure.fn = (void *)stress_task_code;
  t->fn = fn;
  tern_store_ptr(&t->arg, arg);
  tern_go(&t->closure);
}

static void (*stress_body)(void);
static void stress_run(void) {
  stress_began = stress_printed = os_nanotime();
  signal(SIGALRM, stress_alarm);
  alarm(1);
  stress_body();
  int64_t ms = (os_nanotime() - stress_began) / 1000000;
  os_print("%s: %ld rounds in %ld ms, seed %lu, %d P, %u cycles: ok\n",
           stress_name, (long)stress_done, (long)ms,
           (unsigned long)stress_seed, gomaxprocs, load_rlx(&gc_totals.cycles));
}

/* main: default_rounds if there is no argument. */
static int stress_main(int argc, char **argv, const char *name,
                       int64_t default_rounds, void (*body)(void)) {
  const char *seed = getenv("TERN_SEED");
  stress_seed = seed ? strtoull(seed, NULL, 10) : os_random();
  stress_rounds = argc > 1 ? atoll(argv[1]) : default_rounds;
  stress_name = name;
  stress_body = body;
  if (!getenv("GOMAXPROCS")) setenv("GOMAXPROCS", "4", 1);
  runtime_test_main(argc, argv, stress_run);
}

#endif
