/* sched.h - what the rooms above ask of the scheduler.
 *
 * "Goroutine context": on a goroutine's own stack.  "System stack": on the
 * thread's g0, where nothing is preemptible and nothing may park.
 */
#ifndef TERN_SCHED_SCHED_H
#define TERN_SCHED_SCHED_H

#include "sched/g.h"

/* ---- Stacks ------------------------------------------------------------- */

/* Runs fn(arg) on the thread's own stack; a plain call if already there.  The
 * goroutine cannot be descheduled meanwhile. */
void systemstack(void (*fn)(void *), void *arg);
/* Saves the goroutine and runs fn(g) on the system stack; fn does not return
 * but ends in schedule() or gogo(). */
void mcall(void (*fn)(struct g *));

/* ---- Park, ready, yield ------------------------------------------------- */

/* Parks the goroutine, then runs unlockf(g, arg) on the system stack; if that
 * returns false the goroutine goes on at once.  Goroutine context, P held,
 * no locks but those that unlockf drops.  A safepoint. */
void gopark(bool (*unlockf)(struct g *, void *), void *arg,
            enum wait_reason reason);
/* Parks and unlocks l. */
void goparkunlock(mutex *l, enum wait_reason reason);
/* Makes a parked goroutine runnable, next on this P.  Needs a P. */
void goready(struct g *gp);
/* The same from a thread without a P (sysmon): through the global queue. */
void injectg(struct g *gp);
/* The same at the tail of the local queue (GC workers, RUN-8). */
void goready_tail(struct g *gp);
/* Lets others run; back of the global queue.  Goroutine context. */
void gosched(void);
/* Lets whoever was just readied run; back of this P's own queue. */
void goyield(void);
/* Serves a stop request now; a safepoint. */
void preempt_check(void);
/* Ends what the runtime did for a goroutine: unlocks, and serves what was asked of
 * it meanwhile.  unlock() itself is no safepoint, since most who call it go on with
 * this P or with a list that only they know; who has finished, or goes round in a
 * loop, says so by this (C-15, golang/go#73499). */
static inline void unlock_poll(mutex *l) {
  unlock(l);
  tern_poll();
}
/* Ends the goroutine; does not run its defers (lang/panic.c did). */
__attribute__((noreturn)) void goexit0(void);

/* Makes a goroutine of the runtime itself that runs fn(arg); its first segment
 * holds stack_bytes. */
struct g *newproc_system(void (*fn)(void *), void *arg, int64_t stack_bytes,
                         enum wait_reason at_rest);
int64_t gcount(void);
extern int64_t thread_limit; /* atomic, relaxed: more threads end the program */
/* Starts a thread for an idle P if nobody is looking for work.  Takes
 * sched.lock. */
void wakep(void);

/* ---- System calls ------------------------------------------------------- */

/* Around a call that may block: the P may be taken away between the two.
 * Goroutine context; no allocation and no GC pointer stores in between
 * (SYS-2). */
void entersyscall(void);
void exitsyscall(void);

/* ---- Calls of C and from C (ccall.c) -------------------------------------- */

/* Calls fn(arg), which is C or leads there, on the thread's own stack as a
 * system call: it may block, call back or never return.  Goroutine context, no
 * locks; a safepoint.  fn allocates nothing and stores no heap pointers. */
void go_calls_c(void (*fn)(void *), void *arg);
/* The way back: called on a thread's own stack below go_calls_c, or on a thread
 * that the runtime has never seen.  Runs fn(arg) as a goroutine, which may do
 * what goroutines do and comes back to this thread. */
void c_calls_go(void (*fn)(void *), void *arg);
/* True on a thread that is in C below go_calls_c. */
bool in_c_call(void);
/* Says more about an address at which C faulted; set by ffi, or NULL. */
extern void (*c_fault_explain)(uintptr_t addr);

/* ---- A goroutine bound to its thread (locked.c) --------------------------- */

/* Binds the running goroutine to its thread until as many unlockOSThread; for
 * the runtime itself. */
void lockOSThread(void);
void unlockOSThread(void);
/* runtime.LockOSThread and UnlockOSThread: counted apart, so that the program
 * cannot undo what the runtime needs. */
void runtime_lock_thread(void);
void runtime_unlock_thread(void);

/* ---- Stops, handshakes, suspension -------------------------------------- */

enum stw_reason {
  STW_NONE, STW_GC_MARK_TERM, STW_GOMAXPROCS, STW_READMEMSTATS, STW_STACK_ALL,
  STW_GOROUTINE_PROFILE, STW_HEAP_DUMP, STW_SET_GC_PERCENT, STW_CHECKMARK,
  STW_SET_MEMORY_LIMIT, STW_TRACE_START, STW_TRACE_STOP,
  STW_TEST, STW_REASONS
};
extern const char *const stw_reason_text[STW_REASONS];

/* Takes worldsema and stops all Ps.  Goroutine context, no locks. */
void stopTheWorld(enum stw_reason why);
void startTheWorld(void);
/* The same with gcsema before worldsema: also keeps a GC cycle out. */
void stopTheWorldGC(enum stw_reason why);
void startTheWorldGC(void);
/* The stop itself: system stack, worldsema held; returns the time it began. */
int64_t stopTheWorldWithSema(enum stw_reason why);
/* Restarts; returns the time at which it was done. */
int64_t startTheWorldWithSema(void);
bool world_is_stopped(void);

/* How a P came to a stop. */
enum stw_how {
  STOPPED_CALLER,     /* the stopper's own */
  STOPPED_IDLE,       /* it was on the idle list */
  STOPPED_IN_SYSCALL, /* its thread was in a system call */
  STOPPED_AT_POLL,    /* its goroutine came to a safepoint */
  STOPPED_HANDED_OFF, /* given up by a thread that blocks */
};

/* One stop of the world: why, who was last, how long. */
struct stw_record {
  enum stw_reason why;
  int64_t began;       /* nanotime */
  int64_t stopped_ns;  /* until all Ps stood still */
  int64_t total_ns;    /* until the restart was done; 0 while stopped */
  int32_t last_p;      /* the P that came last ... */
  enum stw_how last_how;
  int64_t last_goid;   /* ... and its goroutine, if STOPPED_AT_POLL; else 0 */
  uintptr_t last_pcs[STW_PCS]; /* where that polled, innermost first; 0 ends */
};
#define STW_RING 64
/* The last STW_RING stops, number n at [n % STW_RING]; stw_count were made.
 * Guarded by worldsema. */
extern struct stw_record stw_ring[STW_RING];
extern uint32_t stw_count;
extern int64_t stw_longest_ns; /* guarded by worldsema; statistic */

/* Runs fn(P) once for every P at a safepoint, or on its behalf, on a system
 * stack; fn neither blocks nor allocates.  What a P did before is visible after
 * the call, what the caller did before is visible to fn and after it (FEP-9).
 * Goroutine context, worldsema held; the goroutine parks meanwhile (FEP-11). */
void forEachP(void (*fn)(struct p *));

/* The goroutine's stack may be read by others until the call returns: runs
 * fn(arg) on the system stack with the goroutine RELEASED (SUS-1). */
void with_stack_released(enum wait_reason why, void (*fn)(void *), void *arg);

struct suspend_state {
  struct g *g;
  bool dead;    /* nothing to look at; do not resume */
  bool stopped; /* it was stopped for this; the last claimer readies it */
};
/* Stops gp at a safepoint and claims its stack, to be read only; others may have
 * claimed it too (C-2).  Blocks the thread.  System stack, P held, own user
 * goroutine not RUNNING (SUS-1).  While claimed take no scheduler lock. */
struct suspend_state suspendG(struct g *gp);
void resumeG(struct suspend_state s);
/* The same without waiting; false: gp runs. */
bool try_suspendG(struct g *gp, struct suspend_state *out);
/* The same from goroutine context: parks until gp is at rest (C-5).  On return
 * preemption is locked until the resume, unless gp is dead. */
struct suspend_state suspend_from_goroutine(struct g *gp);
void resume_from_goroutine(struct suspend_state s);
/* Asks a running gp to call sched_hooks.scan_self at its next poll (C-4); false:
 * it does not run. */
bool g_ask_scan(struct g *gp);

/* ---- Hooks into the rooms above ----------------------------------------- */

struct sched_hooks {
  struct g *(*find_gc_worker)(struct p *pp, bool idle); /* or NULL */
  bool (*gc_work_available)(struct p *pp);
  void (*p_init)(struct p *pp);          /* a P was made */
  void (*p_destroy)(struct p *pp);       /* a P goes; world stopped */
  void (*p_acquired)(struct p *pp);      /* flush caches of an old cycle */
  void (*g_exit)(struct g *gp);          /* return assist credit */
  void (*g_born)(struct g *gp);          /* colour; under no lock */
  void (*scan_self)(struct g *gp);       /* at a poll, on the system stack */
  void (*shade)(void *p);                /* grey a pointer if marking */
  void (*goroutine_main)(struct g *gp);  /* runs gp->start_fn, with recover */
  void (*stack_overflow)(struct g *gp);
  void (*force_gc)(int64_t now);         /* sysmon: two minutes since a cycle */
  void (*sched_trace)(int64_t now);      /* GODEBUG=schedtrace */
};
extern struct sched_hooks sched_hooks;
/* sysmon calls sched_trace at least this often, also in an idle program; 0: it may
 * sleep for a minute.  Nanoseconds; set at boot. */
extern int64_t sysmon_longest_sleep;

/* ---- Boot --------------------------------------------------------------- */

/* Makes the first M, the Ps and allgs.  procs: number of Ps. */
void schedinit(int32_t procs);
/* Starts sysmon and the scheduler on this thread; main_fn is goroutine 1. */
__attribute__((noreturn)) void sched_start(void (*main_fn)(void));
/* Enters the scheduler: system stack, P held or not. */
__attribute__((noreturn)) void schedule(void);
/* Changes the number of Ps (world stopped by stopTheWorldGC). */
void procresize(int32_t n);
/* runtime.GOMAXPROCS: waits for a running cycle; n < 1 only asks.  Returns the
 * old number.  Goroutine context. */
int32_t set_gomaxprocs(int32_t n);

static inline int64_t nanotime(void) {
  extern int64_t os_nanotime(void);
  return os_nanotime();
}

#endif
