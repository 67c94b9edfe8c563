/* park.c - how a goroutine stops running without ending: parks, yields, serves a
 * request at a poll; and how it is made runnable again.
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

static void park_m(struct g *gp) {
  struct m *mp = getm();
  TRACE(GO_BLOCK, (uint64_t)gp->goid, gp->waitreason);
  casgstatus(gp, _Grunning, _Gwaiting);
  dropg();
  struct g_watcher *watchers = g_take_watchers(gp);
  bool (*unlockf)(struct g *, void *) = gp->park_unlock;
  if (unlockf) {
    TERN_HOOK(park_unlock, gp);
    /* PRK-1: from a successful call on, gp is somebody else's. */
    bool parked = unlockf(gp, gp->park_arg);
    /* Only now, since it makes goroutines ready and the locks of gp are dropped:
     * PRK-5. */
    g_wake_watchers(watchers, false);
    if (!parked) {
      TRACE(GO_UNBLOCK, (uint64_t)gp->goid);
      g_make_runnable(gp, _Gwaiting);
      /* PRK-3: passes a safepoint even when it never really parks. */
      bool served = load_rlx(&mp->p->run_safe_point) && runSafePointFn();
      if (load_rlx(&sched.gcwaiting) || served) {
        runqput(mp->p, gp, true);
        schedule();
      }
      execute(gp, true);
    }
  } else {
    g_wake_watchers(watchers, false);
  }
  schedule();
}

void gopark(bool (*unlockf)(struct g *, void *), void *arg,
            enum wait_reason reason) {
  struct g *gp = getg();
  gp->park_unlock = unlockf;
  gp->park_arg = arg;
  gp->waitreason = reason;
  mcall(park_m);
}

static bool unlock_mutex(struct g *gp, void *l) {
  (void)gp;
  unlock(l);
  return true;
}

void goparkunlock(mutex *l, enum wait_reason reason) {
  gopark(unlock_mutex, l, reason);
}

/* A G that is RUNNABLE and on no queue: to where it will be found. */
void g_enqueue(struct g *gp) {
  struct p *pp = getm()->p;
  if (pp) {
    runqput(pp, gp, false);
  } else {
    lock(&sched.lock);
    globrunqput(gp);
    unlock(&sched.lock);
  }
  wakep();
}

static void ready(struct g *gp, bool next) {
  /* A full queue, a thread to be woken.  PRK-5 follows: no channel comes before it. */
  lock_may_acquire(RANK_SCHED);
  lock_preemption(); /* the local P must stay ours */
  TRACE(GO_UNBLOCK, (uint64_t)gp->goid);
  g_make_runnable(gp, _Gwaiting); /* PRK-2: anything else is fatal */
  TERN_HOOK(ready, gp);
  runqput(getp(), gp, next);
  wakep();
  unlock_preemption();
}

void goready(struct g *gp) { ready(gp, true); }
void goready_tail(struct g *gp) { ready(gp, false); }

/* For threads without a P (sysmon): through the global queue. */
void injectg(struct g *gp) {
  trace_section_begin(); /* no P: STW-8 */
  TRACE(GO_UNBLOCK, (uint64_t)gp->goid);
  g_make_runnable(gp, _Gwaiting);
  trace_section_end();
  lock(&sched.lock);
  globrunqput(gp);
  unlock(&sched.lock);
  wakep();
}

static void goschedImpl(struct g *gp) {
  struct m *mp = getm();
  mp->stop_goid = 0;
  if (load_rlx(&gp->preempt))
    TRACE(GO_PREEMPT, (uint64_t)gp->goid);
  else
    TRACE(GO_YIELD, (uint64_t)gp->goid);
  if (load_rlx(&sched.gcwaiting)) note_stop_place(mp, gp);
  casgstatus(gp, _Grunning, _Grunnable);
  dropg();
  g_rested(gp);
  lock(&sched.lock);
  globrunqput(gp);
  unlock(&sched.lock);
  if (load_rlx(&sched.npidle) > 0) wakep();
  schedule();
}

void gosched(void) { mcall(goschedImpl); }

static void goyield_m(struct g *gp) {
  struct p *pp = getp();
  TRACE(GO_YIELD, (uint64_t)gp->goid);
  casgstatus(gp, _Grunning, _Grunnable);
  dropg();
  g_rested(gp);
  runqput(pp, gp, false);
  schedule();
}

void goyield(void) { mcall(goyield_m); }

static void serve_on_g0(void *served) { *(bool *)served = runSafePointFn(); }
static void scan_self_on_g0(void *gp) { sched_hooks.scan_self(gp); }

/* A poll found the guard poisoned: serves whatever was asked.  In a region that
 * forbids preemption the guard stays poisoned, so that the first poll after it
 * comes here again (SUS-9). */
void preempt_check(void) {
  struct g *gp = getg();
  struct m *mp = gp->m;
  if (gp == &mp->g0 || tern_locks != 0 || !mp->p) return;
  /* The scan bit may be set: a request is just being posted. */
  if (G_STATE(readgstatus(gp)) != _Grunning) return;
  bool served = false;
  if (load_rlx(&mp->p->run_safe_point)) /* FEP-10: in place */
    systemstack(serve_on_g0, &served);
  if (load_rlx(&gp->scan_self)) {
    store_rlx(&gp->scan_self, false);
    systemstack(scan_self_on_g0, gp);
  }
  if (load_rlx(&gp->preempt_stop))
    mcall(preemptPark);
  else if (load_rlx(&gp->preempt) || load_seq(&sched.gcwaiting))
    mcall(goschedImpl);
  else if (served)
    mcall(goyield_m); /* the caller of the handshake is next here */
  stack_reset_guard(gp);
}
