/* simp.h - the simulation's inside. */
#ifndef TERN_OS_SIM_SIMP_H
#define TERN_OS_SIM_SIMP_H

#include "os/sim/sim.h"

#define SIM_THREADS 64
#define SIM_FOREVER INT64_MAX

enum sim_state { SIM_RUNNABLE, SIM_FUTEX, SIM_SLEEP, SIM_ENDED };

struct sim_thread {
  uintptr_t sp;         /* saved stack pointer while another one runs */
  uint64_t fs;          /* its thread-local storage */
  int32_t id;
  enum sim_state state;
  uint32_t *futex;      /* FUTEX: what it waits for */
  int64_t until;        /* FUTEX, SLEEP: virtual time of its end, or FOREVER */
  int64_t priority;     /* PCT */
  uint64_t last_run;    /* the point at which it stopped running */
  void (*fn)(void *);
  void *arg;
  /* the last point, for reports */
  const char *op, *what, *func;
  int line;
};

struct sim {
  bool running;          /* points count; false while dying */
  struct sim_config config;
  struct sim_result *out;
  struct sim_thread thread[SIM_THREADS];
  int n;
  struct sim_thread *cur;
  uint64_t rng;          /* who runs, and faults */
  uint64_t os_rng;       /* os_random */
  uint32_t stay;         /* points until WALK and PAUSE look up */
  int64_t lowest, highest; /* PCT: below and above all priorities */
  uint64_t change;       /* PCT: the point of the next change */
  uint32_t changes_left;
  uint32_t streak;       /* points of cur in a row */
  uint64_t slow_at;      /* the point of the next slow thread */
  uint32_t slow_left;
  uint32_t spurious_left;
  int64_t next_until;    /* no thread wakes before; may be early */
  bool awake;            /* somebody became runnable since the last choice */
  uint32_t requests;     /* for memory */
  uintptr_t signal_stack;
};
extern struct sim sim;

/* schedule.c */
/* Calls fn(arg) on the simulation's own stack: a point may come when a goroutine
 * has a few hundred bytes left.  fn must not leave for another thread. */
void sim_aside(void (*fn)(void *), void *arg);
uint64_t sim_rand(void);
struct sim_thread *sim_new_thread(void);
/* The current thread is not runnable for ns (< 0: until somebody wakes it). */
void sim_sleep(enum sim_state how, int64_t ns);
void sim_wake(struct sim_thread *t);
/* The current thread is no longer runnable, or wants others to run. */
void sim_reschedule(bool yield);
/* Counts a point without letting anybody else run. */
void sim_event(const volatile void *p, const char *op, const char *what,
               const char *func, int line);

/* coroutine.S: saves the registers and the stack pointer, goes on at `to`. */
void sim_switch(uintptr_t *save, uintptr_t to);
/* Calls fn(arg) on the stack that ends at sp, which is 16-byte aligned. */
void sim_call(void (*fn)(void *), void *arg, uintptr_t sp);
/* local.c */
void sim_locals_init(void);
/* Thread-local storage of a new thread, as the first one's was before it ran; 0:
 * no memory. */
uint64_t sim_locals_new(void);

void sim_locals_use(uint64_t fs);

/* memory.c */
void *sim_map(size_t n); /* never refused by the seed */

/* report.c */
void sim_trace(void *unused);
__attribute__((noreturn)) void sim_fail(const char *why);

#endif
