/* scenario.h - what a scenario of the simulation is written with.
 *
 *     SCENARIO(name, P, "what collides") { body, as goroutine 1 }
 *
 * The body runs inside a booted runtime with P Ps (0: one to four, as the seed
 * says) and passes by returning.  It fails by CHECK or throw, by a deadlock, or
 * by not ending.  All its chance is pick(n).  It should be small: some hundreds
 * to some ten thousands of points, so that a seed takes about a millisecond.
 */
#ifndef TERN_TEST_SIM_SCENARIO_H
#define TERN_TEST_SIM_SCENARIO_H

#include "gc/gc.h"
#include "gc/gcp.h"
#include "gc/malloc.h"
#include "gc/store.h"
#include "os/os.h"
#include "os/print.h"
#include "os/sim/sim.h"
#include "sched/sched.h"
#include "sched/sema.h"
#include "sched/stack.h"
#include "sched/timer.h"

struct scenario {
  const char *name;
  int procs;
  const char *about;
  void (*body)(void);
  struct scenario *next;
};
void add_scenario(struct scenario *s);

#define SCENARIO(id, p, text)                                          \
  static void id##_body(void);                                         \
  static struct scenario id##_scenario = {#id, p, text, id##_body, 0}; \
  __attribute__((constructor)) static void id##_add(void) {            \
    add_scenario(&id##_scenario);                                      \
  }                                                                    \
  static void id##_body(void)

/* A number below n, decided by the seed. */
static inline uint32_t pick(uint32_t n) { return sim_choose(n); }

/* go fn(arg) */
void spawn(void (*fn)(void *), void *arg);
/* The closure for it: tern_go(make_task(fn, arg)) */
void *make_task(void (*fn)(void *), void *arg);
/* Acquires it n times. */
void await_sema(uint32_t *sema, int n);
/* Runs fn on every P; worldsema held. */
void handshake_all(void (*fn)(struct p *));
/* Claims gp, calls look(gp) unless gp is dead or look is NULL, lets it go. */
void suspend_and(struct g *gp, void (*look)(struct g *));
/* A short system call; the P may be lost. */
void call_system(uint32_t usec);

#endif
