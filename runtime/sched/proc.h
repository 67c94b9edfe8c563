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
bool cas_status_to_scan(struct g *gp, uint32_t from);
void cas_status_from_scan(struct g *gp, uint32_t to);
void p_set_state(struct p *pp, uint32_t state);
bool p_cas_state(struct p *pp, uint64_t word, uint32_t state, bool tick);

/* runq.c: local queue of a P (owner, unless it says thief), global queue */
void runqput(struct p *pp, struct g *gp, bool next);
struct g *runqget(struct p *pp, bool *inherit);
bool runqempty(struct p *pp);
struct g *runqsteal(struct p *pp, struct p *victim, bool steal_next); /* thief */
void runq_drain_to_global(struct p *pp);
void globrunqput(struct g *gp);        /* sched.lock held */
struct g *globrunqget(struct p *pp, int32_t max); /* sched.lock held */

/* proc.c */
__attribute__((noreturn)) void gogo(struct g *gp);
__attribute__((noreturn)) void execute(struct g *gp, bool inherit);
void dropg(void);
void acquirep(struct p *pp);
struct p *releasep(void);
void pidleput(struct p *pp);           /* sched.lock held */
struct p *pidleget(void);              /* sched.lock held */
void startm(struct p *pp, bool spinning);
void stopm(void);
void handoffp(struct p *pp);
void ready_locked_system(struct g *gp, bool next);
void newm(struct p *pp, bool spinning, void (*startfn)(void));
void checkdead(void);                  /* sched.lock held */

/* locked.c */
/* Sleeps until somebody runs this thread's own goroutine; returns with a P.
 * System stack. */
void stoplockedm(void);
/* Gives this thread's P to the one that gp is bound to, and sleeps until there
 * is another.  System stack. */
void startlockedm(struct g *gp);
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

/* stop.c, handshake.c */
/* Poisons the stack check of mp's thread, if it still is mp's. */
void poison_guard(struct m *mp);
extern int32_t guard_writers;
void gcstopm(void);
void runSafePointFn(void);
bool preemptone(struct p *pp);
void preemptall(void);
enum { REPEAT_NS = 100 * 1000 }; /* between two requests: STW-6 */

/* suspend.c */
void preemptPark(struct g *gp);

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
