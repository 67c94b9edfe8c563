/* proc.h - the scheduler's inside, shared by the files of this room only. */
#ifndef TERN_SCHED_PROC_H
#define TERN_SCHED_PROC_H

#include "sched/sched.h"
#include "sched/sema.h"
#include "sched/stack.h"
#include "sched/timer.h"
#include "trace/trace.h"

/* status.c */
void casgstatus(struct g *gp, uint32_t from, uint32_t to);
void cas_status_from_scan(struct g *gp, uint32_t to);
void g_make_runnable(struct g *gp, uint32_t from);
bool g_start(struct g *gp);
bool g_end_syscall(struct g *gp);
void p_set_state(struct p *pp, uint32_t state);
bool p_cas_state(struct p *pp, uint64_t word, uint32_t state, bool tick);

/* runq.c: local queue of a P (owner, unless it says thief), global queue */
void runqput(struct p *pp, struct g *gp, bool next);
struct g *runqget(struct p *pp, bool *inherit);
void runq_next_last(struct p *pp);
bool runqempty(struct p *pp);
struct g *runqsteal(struct p *pp, struct p *victim, bool steal_next); /* thief */
void runq_drain_to_global(struct p *pp);
void globrunqput(struct g *gp);        /* sched.lock held */
struct g *globrunqget(struct p *pp, int32_t max); /* sched.lock held */

/* proc.c */
__attribute__((noreturn)) void gogo(struct g *gp);
/* Runs gp; returns, and gp is not the caller's any more, if it is claimed. */
void execute(struct g *gp, bool inherit);
void g_enqueue(struct g *gp);          /* local queue, or global without a P */
void dropg(void);
void acquirep(struct p *pp);
struct p *releasep(void);
void pidleput(struct p *pp);           /* sched.lock held */
struct p *pidleget(void);              /* sched.lock held */
void startm(struct p *pp, bool spinning);
void stopm(void);
void handoffp(struct p *pp);
/* Until this thread, which counts as idle, was given a P. */
void sleep_for_p(void);
void newm(struct p *pp, bool spinning, void (*startfn)(void));
void checkdead(void);                  /* sched.lock held */

/* locked.c */
/* Sleeps until somebody runs this thread's own goroutine; returns with a P.
 * System stack. */
void stoplockedm(void);
/* Gives this thread's P to the one that gp is bound to, and sleeps until there
 * is another.  System stack. */
void startlockedm(struct g *gp);
__attribute__((noreturn)) void mexit(void);
/* The goroutine ends or the thread leaves the runtime. */
void forget_lock(struct g *gp, struct m *mp);

/* foreign.c */
/* The calling thread, which the runtime did not make, becomes an M with a
 * goroutine in a system call. */
struct m *foreign_enter(void);
/* It stops being one: its goroutine runs, a P is held.  System stack. */
void foreign_leave(struct m *mp);

/* newproc.c */
/* What a life leaves in a G, its stack too, is dropped.  System stack, P held. */
void g_clean(struct g *gp);

/* syscall.c */
/* The second half of entersyscall; syscall_regs are set.  Any stack of gp's
 * thread. */
void entersyscall_saved(struct g *gp, uintptr_t sp);

/* stop.c */
/* Poisons the stack check of mp's thread, if it still is mp's; true: it was not
 * poisoned before. */
bool poison_guard(struct m *mp);
extern int32_t guard_writers;
/* From now on nobody writes to the memory of mp's thread (foreign.c). */
void forget_guard(struct m *mp);
void gcstopm(void);
void p_stopped(struct p *pp, enum stw_how how);      /* sched.lock held */
void p_stopped_wake(struct p *pp, enum stw_how how); /* sched.lock held */
void note_stop_place(struct m *mp, struct g *gp);
void start_rest(struct p *pp);

/* handshake.c */
/* This thread's P runs the pending function; true: it was the last one, and the
 * caller of forEachP is next on this P. */
bool runSafePointFn(void);
/* On behalf of pp, which is the caller's; sched.lock held.  Non-NULL: the caller
 * of forEachP, to be given to handshake_done once sched.lock is free. */
struct g *serve_safe_point(struct p *pp);
void handshake_done(struct g *caller);
/* Served by sysmon: repeats the requests of a handshake that takes long. */
void handshake_nudge(int64_t now);
bool preemptone(struct p *pp);
void preemptall(void);
enum { REPEAT_NS = 100 * 1000 }; /* between two requests: STW-6 */

/* suspend.c */
void preemptPark(struct g *gp);
/* gp left RUNNING: wakes who waits for that.  After the CAS. */
void g_rested(struct g *gp);
/* The same for one that is DEAD, before it can be reused. */
void g_exited(struct g *gp);
/* g_rested in two halves: who waits, to be taken before others can run gp, so that
 * none of a later activation is among them; and waking those, on the system stack. */
struct g_watcher *g_take_watchers(struct g *gp);
void g_wake_watchers(struct g_watcher *w, bool dead);
/* with_stack_released without a poll at its end. */
void release_stack(enum wait_reason why, void (*fn)(void *), void *arg);

/* sysmon.c */
void sysmon(void);
void sysmon_wake(void);                /* sched.lock held */
void sysmon_timer_set(int64_t when);   /* the first timer is now this one */

/* gfree.c */
struct g *gfget(struct p *pp);
void gfput(struct p *pp, struct g *gp);
void allgadd(struct g *gp);
int64_t gfree_count(void);

#endif
