/* syscall.c - system calls that may block: letting the P go and getting one back.
 *
 * SYS-1: the P's word moves to SYSCALL with a new tick; from that store on the
 * thread owns no P.  Who wants the P (sysmon, a stop, a handshake) must win a CAS
 * on exactly that word, and so must the returning thread; since each entry has
 * its own tick, an old sighting can never take a P of a later call (SYS-4).
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

/* On the system stack, after SYSCALL was published: a stop or a handshake that
 * looked before the publication is served here (STW-5, FEP-5). */
static void entersyscall_late(void *arg) {
  struct m *mp = arg;
  struct p *pp = mp->oldp;
  uint64_t w = mp->syscall_word;
  TERN_HOOK(syscall_late, pp);
  lock(&sched.lock);
  if (sched.gcwaiting && sched.stopwait > 0 && p_cas_state(pp, w, _Pgcstop, true)) {
    TRACE(PROC_STEAL, (uint64_t)pp->id);
    p_stopped_wake(pp, STOPPED_IN_SYSCALL);
  } else if (load_seq(&pp->run_safe_point) && p_cas_state(pp, w, _Pidle, true)) {
    TRACE(PROC_STEAL, (uint64_t)pp->id);
    add_rlx(&sched.safe_point_rescues, 1);
    struct g *caller = serve_safe_point(pp);
    unlock(&sched.lock);
    handshake_done(caller);
    handoffp(pp);
    return;
  }
  unlock(&sched.lock);
}

static void serve_before_syscall(void *woke) { *(bool *)woke = runSafePointFn(); }

/* The same after we made somebody ready on the way: the caller of a handshake that we
 * were the last to serve (FEP-11), or a watcher.  Who is next on our P shall not wait
 * until the call is over or sysmon comes by. */
static void hand_over(void *arg) {
  struct m *mp = arg;
  if (runqempty(mp->oldp)) return;
  if (!p_cas_state(mp->oldp, mp->syscall_word, _Pidle, true)) return;
  TRACE(PROC_STEAL, (uint64_t)mp->oldp->id);
  handoffp(mp->oldp);
}

/* Continues in switch.S's entersyscall, which saved the registers. */
void entersyscall_saved(struct g *gp, uintptr_t sp) {
  lock_may_acquire(RANK_SCHED);
  lock_preemption();
  struct m *mp = gp->m;
  struct p *pp = mp->p;
  bool woke = false;
  if (load_rlx(&pp->run_safe_point)) systemstack(serve_before_syscall, &woke);
  gp->syscall_sp = sp;
  TRACE(GO_SYSCALL, (uint64_t)gp->goid);
  casgstatus(gp, _Grunning, _Gsyscall);
  if (load_rlx(&gp->watchers)) woke = true;
  g_rested(gp);
  mp->oldp = pp;
  mp->p = 0;
  store_rlx(&pp->m, (struct m *)0);
  mcache_set(0);
  uint64_t w = ((load_rlx(&pp->word) & ~(uint64_t)7) | _Psyscall) + P_TICK_ONE;
  mp->syscall_word = w;
  TERN_HOOK(syscall_publish, pp);
  store_seq(&pp->word, w); /* Dekker with stopTheWorldWithSema and forEachP */
  TERN_HOOK(entersyscall, pp);
  if (load_seq(&sched.gcwaiting) || load_seq(&pp->run_safe_point))
    systemstack(entersyscall_late, mp);
  else if (woke)
    systemstack(hand_over, mp);
  if (load_rlx(&sched.sysmonwait)) {
    lock(&sched.lock);
    sysmon_wake();
    unlock(&sched.lock);
  }
  unlock_preemption();
}

/* sched.lock held.  Sysmon may sleep for long because all Ps were idle: it must
 * see to it that the goroutine shares the P. */
static struct p *take_idle_p(void) {
  struct p *pp = load_seq(&sched.gcwaiting) ? 0 : pidleget();
  if (pp) sysmon_wake();
  return pp;
}

static void take_any_p(void *arg) {
  struct p **out = arg;
  lock(&sched.lock);
  *out = take_idle_p();
  unlock(&sched.lock);
}

/* No P to be had: the goroutine queues, the thread sleeps. */
static void exitsyscall_without_p(struct g *gp) {
  dropg();
  trace_section_begin(); /* a stop does not hold us back: STW-8 */
  TRACE(GO_SYSCALL_WAIT, (uint64_t)gp->goid);
  TERN_HOOK(exitsyscall_wait, gp);
  g_make_runnable(gp, _Gsyscall);
  trace_section_end();
  lock(&sched.lock);
  struct p *pp = take_idle_p();
  struct g *bound = gp->lockedm ? gp : 0; /* once queued, gp is anybody's */
  if (!pp) globrunqput(gp);
  unlock(&sched.lock);
  if (pp) {
    acquirep(pp);
    execute(gp, false);
    schedule();
  }
  if (bound) {
    stoplockedm();
    execute(bound, false);
    schedule();
  }
  stopm();
  schedule();
}

/* Somebody has claimed the goroutine: its thread goes on without it (SUS-10). */
static void exitsyscall_claimed(struct g *gp) {
  dropg();
  TRACE(GO_SYSCALL_END, (uint64_t)gp->goid);
  TRACE(GO_YIELD, (uint64_t)gp->goid);
  g_make_runnable(gp, _Gsyscall);
  execute(gp, false); /* if the claims are gone by now */
  schedule();
}

struct acquire_request { struct p *pp; };
static void acquire_on_g0(void *arg) { acquirep(((struct acquire_request *)arg)->pp); }

void exitsyscall(void) {
  lock_may_acquire(RANK_SCHED);
  lock_preemption();
  struct g *gp = getg();
  struct m *mp = gp->m;
  struct p *pp = mp->oldp;
  mp->oldp = 0;
  TERN_HOOK(exitsyscall, pp);
  if (pp && p_cas_state(pp, mp->syscall_word, _Prunning, false)) {
    store_rlx(&pp->m, mp);
    mp->p = pp;
    mcache_set(&pp->mcache);
    sched_hooks.p_acquired(pp);
  } else {
    struct p *other = 0;
    if (load_rlx(&sched.npidle) > 0) systemstack(take_any_p, &other);
    if (!other) {
      unlock_preemption();
      mcall(exitsyscall_without_p);
      gp->syscall_sp = 0;
      return;
    }
    struct acquire_request r = {other};
    systemstack(acquire_on_g0, &r);
  }
  TERN_HOOK(exitsyscall_status, gp);
  /* The change of state is the fence between the guard and the look at what is
   * asked for: SYS-5, FEP-6, SUS-9. */
  stack_set_guard(gp);
  if (!g_end_syscall(gp)) {
    unlock_preemption();
    mcall(exitsyscall_claimed);
    gp->syscall_sp = 0;
    return;
  }
  TRACE(GO_SYSCALL_END, (uint64_t)gp->goid);
  gp->syscall_sp = 0;
  /* The end of the slice may have come during the call: the P keeps the request
   * and schedtick goes on, else a loop of short calls never yields (E54). */
  if (load_rlx(&mp->p->preempt)) store_rlx(&gp->preempt, true);
  stack_poison_if_asked(gp);
  unlock_preemption();
}
