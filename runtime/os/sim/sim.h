/* sim.h - running the whole runtime on one thread, under a seeded scheduler.
 *
 * The second implementation of what os.h says about threads, time, chance and
 * memory.  Every thread is a coroutine; a point (point.h), a futex, a sleep or a
 * yield is where another one may go on.  All decisions come from one seed, so a
 * seed is a run, event for event.
 */
#ifndef TERN_OS_SIM_SIM_H
#define TERN_OS_SIM_SIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the next thread is chosen. */
enum sim_strategy {
  SIM_WALK,  /* every now and then anybody */
  SIM_PCT,   /* the highest priority, which changes at a few points */
  SIM_PAUSE, /* the same thread, which now and then pauses for a while */
  SIM_STRATEGIES
};
extern const char *const sim_strategy_name[SIM_STRATEGIES];

struct sim_config {
  uint64_t seed;
  enum sim_strategy strategy;
  uint32_t stay;       /* WALK, PAUSE: points on average before a change */
  uint32_t changes;    /* PCT: how many changes of priority ... */
  uint64_t length;     /* ... in how many points */
  int64_t step_ns;     /* virtual time that each point takes */
  uint32_t spurious;   /* one futex wait in so many ends at once; 0: none */
  uint32_t slow;       /* so many threads sleep for up to a second */
  uint32_t refuse;     /* the n-th request for memory fails; 0: none */
  uint64_t max_steps;  /* more points than this: livelock */
  uint64_t trace_from; /* print events from this point on */
  bool trace;
};
/* Everything that a run decides, from its seed. */
struct sim_config sim_config_of(uint64_t seed);

/* What a run leaves behind; in memory that outlives the process if the driver
 * wants to see it. */
struct sim_result {
  uint64_t steps;      /* points passed */
  uint64_t switches;   /* of threads */
  uint64_t hash;       /* of all events: thread, place, address */
  int64_t now;         /* virtual time */
  int32_t threads;
  int32_t refused;     /* requests for memory that were refused */
};

/* What the rooms above know; each may be NULL.  None may pass a point. */
struct sim_hooks {
  /* Throws if something that must hold at every switch does not. */
  void (*check)(void);
  /* Which M, P and G the running thread is; returns the length. */
  int (*describe)(char *buf, int n);
  /* Prints the frames from here outwards. */
  void (*backtrace)(uintptr_t pc, uintptr_t fp);
};
extern struct sim_hooks sim_hooks;

/* Runs fn(arg) as the first simulated thread.  Does not return: the process ends
 * with os_exit, as always, or because the run failed. */
__attribute__((noreturn)) void sim_start(const struct sim_config *c,
                                         struct sim_result *out,
                                         void (*fn)(void *), void *arg);
/* A number below n for a scenario; decided by the seed. */
uint32_t sim_choose(uint32_t n);
/* How many requests for memory were refused so far. */
int32_t sim_refused(void);
/* Nobody is held back in this run: a scenario may check how long something takes
 * in virtual time. */
bool sim_fair(void);

#endif
