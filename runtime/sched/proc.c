/* proc.c - the scheduler: who runs next, who sleeps, who wakes whom.
 *
 * The worker-thread rules are Go's (proc.go, "Worker thread parking/unparking"):
 *   - submit work, full fence, then wake one thread if none is spinning (RUN-1)
 *   - a spinner that gives up drops its P, stops counting as spinning, full
 *     fence, then looks at every source once more (RUN-2)
 *   - a spinner that found work and was the last one wakes another (RUN-3)
 * Every thread runs schedule() on its system stack and leaves it by gogo() into
 * a goroutine, which comes back through mcall().
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

struct sched sched = {.lock = MUTEX_INIT(SCHED)};
struct sched_hooks sched_hooks;
struct p **allp;
int32_t gomaxprocs, ncpu;
struct m *allm;
struct m m0;
__thread struct g *tern_g;
__thread uintptr_t tern_stackguard;

/* ---- Switching ---------------------------------------------------------- */

void systemstack(void (*fn)(void *), void *arg) {
  struct g *gp = getg();
  struct m *mp = gp->m;
  if (gp == &mp->g0) {
    fn(arg);
    return;
  }
  os_call_on(fn, arg, mp->g0_sp, &gp->sched_sp, &mp->g0, gp);
}

void mcall(void (*fn)(struct g *)) {
  struct g *gp = getg();
  struct m *mp = gp->m;
  CHECK(gp != &mp->g0);
  os_leave((void (*)(void *))fn, gp, mp->g0_sp, &gp->sched_sp, &mp->g0);
}

void gogo(struct g *gp) { os_resume(gp->sched_sp, gp); }

/* ---- P and M ------------------------------------------------------------ */

/* Takes pp, which nobody else can take: it came off the idle list or through
 * nextp, or is our own after a stop. */
void acquirep(struct p *pp) {
  struct m *mp = getm();
  CHECK(!mp->p && !pp->m);
  if (p_status(pp) != _Pidle)
    throw("acquirep: P %d is in state %u", pp->id, p_status(pp));
  pp->m = mp;
  mp->p = pp;
  p_set_state(pp, _Prunning);
  mcache_set(&pp->mcache);
  sched_hooks.p_acquired(pp);
}

struct p *releasep(void) {
  struct m *mp = getm();
  struct p *pp = mp->p;
  CHECK(pp && pp->m == mp && p_status(pp) == _Prunning);
  mp->p = 0;
  pp->m = 0;
  mcache_set(0);
  p_set_state(pp, _Pidle);
  return pp;
}

void pidleput(struct p *pp) {
  assert_held(&sched.lock);
  ASSERT(runqempty(pp));
  pp->link = sched.pidle;
  sched.pidle = pp;
  add_seq(&sched.npidle, 1);
}

struct p *pidleget(void) {
  assert_held(&sched.lock);
  struct p *pp = sched.pidle;
  if (pp) {
    sched.pidle = pp->link;
    sub_seq(&sched.npidle, 1);
  }
  return pp;
}

static struct m *mget(void) {
  struct m *mp = sched.midle;
  if (mp) {
    sched.midle = mp->sched_link;
    sched.nmidle--;
  }
  return mp;
}

/* Sleeps until somebody gives this thread a P (startm). */
void stopm(void) {
  struct m *mp = getm();
  CHECK(!mp->p && !mp->spinning);
  lock(&sched.lock);
  mp->sched_link = sched.midle;
  sched.midle = mp;
  sched.nmidle++;
  checkdead();
  unlock(&sched.lock);
  note_sleep(&mp->park);
  note_clear(&mp->park);
  struct p *pp = mp->nextp;
  mp->nextp = 0;
  acquirep(pp);
}

static void mstart(void *arg) {
  struct m *mp = arg;
  tern_g = &mp->g0;
  mp->stackguard = &tern_stackguard;
  mp->tid = os_thread_id();
  mp->g0_sp = tern_sp & ~(uintptr_t)15;
  mp->g0_sp -= 256; /* this frame lives on */
  mcache_set(0);
  if (mp->startfn) mp->startfn();
  struct p *pp = mp->nextp;
  mp->nextp = 0;
  acquirep(pp);
  schedule();
}

/* Makes a thread that takes pp (or runs startfn, which does not return). */
void newm(struct p *pp, bool spinning, void (*startfn)(void)) {
  struct m *mp = persistentalloc(sizeof *mp, 64, &sys_stats.other);
  mp->g0.m = mp;
  mp->g0.status = _Grunning;
  mp->g0.goid = 0;
  mp->nextp = pp;
  mp->spinning = spinning;
  mp->startfn = startfn;
  struct m *head;
  do {
    head = load_rlx(&allm);
    mp->alllink = head;
  } while (!cas_rel(&allm, head, mp));
  mp->id = add_seq(&sched.mnext, 0);
  add_rlx(&sys_stats.threads, OS_THREAD_STACK);
  if (!os_thread_create(mstart, mp))
    fatal("runtime: failed to create a new OS thread (have %ld); "
          "may need to increase max user processes (ulimit -u) or ulimit -v",
          (long)sched.mnext);
}

/* Starts a thread for pp (NULL: some idle P, if any).  spinning: the caller
 * counted it in nmspinning. */
void startm(struct p *pp, bool spinning) {
  lock_preemption(); /* a P in transit: STW-9 */
  lock(&sched.lock);
  if (!pp) pp = pidleget();
  if (!pp) {
    unlock(&sched.lock);
    if (spinning && sub_seq(&sched.nmspinning, 1) < 0)
      throw("startm: negative nmspinning");
    unlock_preemption();
    return;
  }
  struct m *mp = mget();
  if (!mp) {
    /* The new M counts as running before the lock is dropped: RUN-10. */
    sched.mnext++;
    unlock(&sched.lock);
    TERN_HOOK(newm, pp);
    newm(pp, spinning, 0);
  } else {
    unlock(&sched.lock);
    CHECK(!mp->spinning && !mp->nextp);
    mp->spinning = spinning;
    mp->nextp = pp;
    note_wake(&mp->park);
  }
  unlock_preemption();
}

static bool must_run_somebody(struct p *pp) {
  return !runqempty(pp) || load_rlx(&sched.runq_size) > 0 ||
         (sched_hooks.gc_work_available(pp));
}

/* Gives away the P of a thread that blocks.  RUN-9: starts a thread whenever
 * findRunnable on pp would find something. */
void handoffp(struct p *pp) {
  TERN_HOOK(handoff, pp);
  if (must_run_somebody(pp)) {
    startm(pp, false);
    return;
  }
  if (load_rlx(&sched.nmspinning) + load_rlx(&sched.npidle) == 0 &&
      cas_seq(&sched.nmspinning, 0, 1)) {
    store_rlx(&sched.needspinning, 0);
    startm(pp, true);
    return;
  }
  lock(&sched.lock);
  if (load_seq(&sched.gcwaiting)) {
    p_set_state(pp, _Pgcstop);
    if (--sched.stopwait == 0) note_wake(&sched.stopnote); /* STW-4 */
    unlock(&sched.lock);
    return;
  }
  if (load_rlx(&pp->run_safe_point) && cas_seq(&pp->run_safe_point, 1, 0)) {
    sched.safe_point_fn(pp);
    if (--sched.safe_point_wait == 0) note_wake(&sched.safe_point_note);
  }
  if (sched.runq.n > 0 || load_rlx(&sched.npidle) == gomaxprocs - 1) {
    /* The last P: somebody must look at timers and queues. */
    unlock(&sched.lock);
    startm(pp, false);
    return;
  }
  pidleput(pp);
  unlock(&sched.lock);
}

/* Wakes one more thread if there is an idle P and nobody is looking for work;
 * RUN-1. */
void wakep(void) {
  if (load_seq(&sched.npidle) == 0) return;
  if (load_seq(&sched.nmspinning) != 0 || !cas_seq(&sched.nmspinning, 0, 1))
    return;
  startm(0, true);
}

/* ---- Deadlock ----------------------------------------------------------- */

/* No thread runs, none will: if no timer is pending either, nothing can happen
 * any more.  sched.lock held. */
void checkdead(void) {
  if (!sched.started) return;
  int64_t running = sched.mnext - sched.nmidle; /* without sysmon */
  if (running > 0) return;
  if (timers_next() != 0) return;
  struct allgs all = allgs_snapshot();
  int64_t users = 0;
  for (int64_t i = 0; i < all.len; i++) {
    struct g *gp = all.ptr[i];
    if (gp->system) continue;
    uint32_t s = readgstatus(gp) & ~(uint32_t)_Gscan;
    if (s == _Gdead || s == _Gidle) continue;
    users++;
    if (s == _Grunnable || s == _Grunning || s == _Gsyscall)
      throw("checkdead: goroutine %ld is runnable but no thread runs",
            (long)gp->goid);
  }
  unlock(&sched.lock); /* the traceback must not need it: LK-5 */
  if (users == 0) fatal("no goroutines (main called runtime.Goexit) - deadlock!");
  fatal("all goroutines are asleep - deadlock!");
}

/* ---- Finding work ------------------------------------------------------- */

static struct g *steal_work(struct p *pp) {
  for (int round = 0; round < 4; round++) {
    uint32_t n = (uint32_t)gomaxprocs, at = fastrandn(n);
    for (uint32_t i = 0; i < n; i++, at++) {
      struct p *victim = allp[at % n];
      if (victim == pp) continue;
      struct g *gp = runqsteal(pp, victim, round == 3);
      if (gp) return gp;
    }
  }
  return 0;
}

static void run_due_timers(void) {
  int64_t next = timers_next();
  if (next == 0) return;
  int64_t now = nanotime();
  if (next <= now) timers_run(now);
}

/* A last look at all sources by one who just stopped spinning; true: something
 * is there. */
static bool work_somewhere(void) {
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (!runqempty(allp[i])) return true;
  if (load_seq(&sched.runq_size) > 0) return true;
  if (sched_hooks.gc_work_available(0)) return true;
  int64_t next = timers_next();
  return next != 0 && next <= nanotime();
}

/* The next goroutine to run; sleeps while there is none. */
static struct g *findRunnable(bool *inherit) {
  struct m *mp = getm();
  struct g *gp;
top:;
  struct p *pp = mp->p;
  *inherit = false;
  if (load_seq(&sched.gcwaiting)) {
    gcstopm();
    goto top;
  }
  if (load_rlx(&pp->run_safe_point)) runSafePointFn();
  run_due_timers();

  if ((gp = sched_hooks.find_gc_worker(pp, false)) != 0) return gp;
  if (pp->schedtick % 61 == 0 && load_rlx(&sched.runq_size) > 0) {
    lock(&sched.lock);
    gp = globrunqget(pp, 1);
    unlock(&sched.lock);
    if (gp) return gp;
  }
  if ((gp = runqget(pp, inherit)) != 0) return gp;
  if (load_rlx(&sched.runq_size) > 0) {
    lock(&sched.lock);
    gp = globrunqget(pp, 0);
    unlock(&sched.lock);
    if (gp) return gp;
  }
  /* RUN-12: at most half of the busy Ps have a spinning thread. */
  if (mp->spinning || 2 * load_rlx(&sched.nmspinning) <
                          gomaxprocs - load_rlx(&sched.npidle)) {
    if (!mp->spinning) {
      mp->spinning = true;
      add_seq(&sched.nmspinning, 1);
      store_rlx(&sched.needspinning, 0);
    }
    if ((gp = steal_work(pp)) != 0) return gp;
  }
  if ((gp = sched_hooks.find_gc_worker(pp, true)) != 0) return gp;

  TERN_HOOK(idle, pp);
  lock(&sched.lock);
  if (load_seq(&sched.gcwaiting) || load_seq(&pp->run_safe_point)) { /* FEP-4 */
    unlock(&sched.lock);
    goto top;
  }
  if (sched.runq.n > 0) {
    gp = globrunqget(pp, 0);
    unlock(&sched.lock);
    return gp;
  }
  if (!mp->spinning && load_seq(&sched.needspinning)) { /* RUN-4 */
    mp->spinning = true;
    add_seq(&sched.nmspinning, 1);
    store_rlx(&sched.needspinning, 0);
    unlock(&sched.lock);
    goto top;
  }
  releasep();
  pidleput(pp);
  unlock(&sched.lock);

  bool was_spinning = mp->spinning;
  if (was_spinning) {
    mp->spinning = false;
    if (sub_seq(&sched.nmspinning, 1) < 0)
      throw("findRunnable: negative nmspinning");
  }
  TERN_HOOK(spin_end, mp);
  fence_seq(); /* RUN-2; pairs with the fence of wakep's callers */
  if (work_somewhere()) {
    lock(&sched.lock);
    pp = pidleget();
    if (!pp) store_seq(&sched.needspinning, 1); /* RUN-4 */
    unlock(&sched.lock);
    if (pp) {
      acquirep(pp);
      if (was_spinning) {
        mp->spinning = true;
        add_seq(&sched.nmspinning, 1);
      }
      goto top;
    }
  }
  stopm();
  goto top;
}

/* RUN-3: called by a spinner that has found work. */
static void resetspinning(void) {
  struct m *mp = getm();
  mp->spinning = false;
  int32_t n = sub_seq(&sched.nmspinning, 1);
  if (n < 0) throw("resetspinning: negative nmspinning");
  wakep();
}

/* ---- Running ------------------------------------------------------------ */

/* Runs gp on this thread; inherit: it shares its waker's time slice. */
void execute(struct g *gp, bool inherit) {
  struct m *mp = getm();
  struct p *pp = mp->p;
  gp->m = mp;
  /* SUS-12: old requests go before the state changes, so that none that is
   * posted under the new state is lost. */
  store_rlx(&gp->preempt, false);
  store_rlx(&tern_stackguard, gp->seg->lo + STACK_GUARD);
  gp->waitsince = 0;
  TERN_HOOK(execute, gp);
  casgstatus(gp, _Grunnable, _Grunning);
  TERN_HOOK(execute_curg, gp);
  if (!inherit) store_rlx(&pp->schedtick, pp->schedtick + 1);
  store_seq(&mp->curg, gp);
  /* Dekker with preemptone: it stored its request, then looked at curg. */
  if (load_seq(&sched.gcwaiting) || load_seq(&pp->run_safe_point))
    store_rlx(&tern_stackguard, TERN_STACK_PREEMPT);
  gogo(gp);
}

void schedule(void) {
  struct m *mp = getm();
  if (tern_locks != 0) throw("schedule: %d locks are held", tern_locks);
  store_rlx(&mp->p->preempt, false);
  bool inherit;
  struct g *gp = findRunnable(&inherit);
  if (mp->spinning) resetspinning();
  execute(gp, inherit);
}

/* The goroutine and the thread let go of each other. */
void dropg(void) {
  struct m *mp = getm();
  mp->curg->m = 0;
  store_rlx(&mp->curg, (struct g *)0);
}

/* ---- Park, ready, yield ------------------------------------------------- */

static void park_m(struct g *gp) {
  struct m *mp = getm();
  casgstatus(gp, _Grunning, _Gwaiting);
  dropg();
  bool (*unlockf)(struct g *, void *) = gp->park_unlock;
  if (unlockf) {
    TERN_HOOK(park_unlock, gp);
    /* PRK-1: from a successful call on, gp is somebody else's. */
    bool parked = unlockf(gp, gp->park_arg);
    if (!parked) {
      casgstatus(gp, _Gwaiting, _Grunnable);
      /* PRK-3: passes a safepoint even when it never really parks. */
      if (load_rlx(&mp->p->run_safe_point)) runSafePointFn();
      if (load_rlx(&sched.gcwaiting)) {
        runqput(mp->p, gp, true);
        schedule();
      }
      execute(gp, true);
    }
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

static void ready(struct g *gp, bool next) {
  lock_preemption(); /* the local P must stay ours */
  casgstatus(gp, _Gwaiting, _Grunnable); /* PRK-2: anything else is fatal */
  TERN_HOOK(ready, gp);
  runqput(getp(), gp, next);
  wakep();
  unlock_preemption();
}

void goready(struct g *gp) { ready(gp, true); }
void goready_tail(struct g *gp) { ready(gp, false); }

/* For threads without a P (sysmon): through the global queue. */
void injectg(struct g *gp) {
  casgstatus(gp, _Gwaiting, _Grunnable);
  lock(&sched.lock);
  globrunqput(gp);
  unlock(&sched.lock);
  wakep();
}

static void goschedImpl(struct g *gp) {
  casgstatus(gp, _Grunning, _Grunnable);
  dropg();
  lock(&sched.lock);
  globrunqput(gp);
  unlock(&sched.lock);
  if (load_rlx(&sched.npidle) > 0) wakep();
  schedule();
}

void gosched(void) { mcall(goschedImpl); }

static void goyield_m(struct g *gp) {
  struct p *pp = getp();
  casgstatus(gp, _Grunning, _Grunnable);
  dropg();
  runqput(pp, gp, false);
  schedule();
}

void goyield(void) { mcall(goyield_m); }

/* A poll found the guard poisoned: serves whatever was asked.  In a region that
 * forbids preemption it restores the guard and goes on (SUS-9). */
void preempt_check(void) {
  struct g *gp = getg();
  struct m *mp = gp->m;
  if (gp == &mp->g0) return;
  uint32_t status = readgstatus(gp) & ~(uint32_t)_Gscan; /* a request is posted */
  if (tern_locks != 0 || !mp->p || status != _Grunning) {
    store_rlx(&tern_stackguard, gp->seg->lo + STACK_GUARD);
    return;
  }
  if (load_rlx(&mp->p->run_safe_point)) /* FEP-10: in place */
    systemstack((void (*)(void *))runSafePointFn, 0);
  if (load_rlx(&gp->preempt_stop))
    mcall(preemptPark);
  else if (load_rlx(&gp->preempt) || load_seq(&sched.gcwaiting))
    mcall(goschedImpl);
  stack_reset_guard(gp);
}

/* ---- Birth and death ---------------------------------------------------- */

static void goroutine_entry(void *arg) {
  struct g *gp = arg;
  sched_hooks.goroutine_main(gp);
  goexit0();
}

struct new_request {
  int64_t stack;
  struct g *gp;
};

static void make_g(void *p) {
  struct new_request *r = p;
  struct g *gp = persistentalloc(sizeof *gp, 16, &sys_stats.other);
  if (!stack_init(gp, r->stack)) out_of_memory();
  store_rel(&gp->status, _Gdead); /* before allgs shows it: A1 */
  allgadd(gp);
  r->gp = gp;
}

static void ensure_stack(void *p) {
  if (!stack_init(p, STACK_FIRST)) out_of_memory();
}

static struct g *dead_g(struct p *pp, int64_t stack) {
  struct g *gp = stack <= STACK_FIRST ? gfget(pp) : 0;
  if (!gp) {
    struct new_request r = {stack, 0};
    systemstack(make_g, &r);
    return r.gp;
  }
  if (!gp->first_seg) systemstack(ensure_stack, gp);
  return gp;
}

static void launch(struct g *gp, void (*entry)(void *), void *arg) {
  struct p *pp = getp();
  gp->sched_sp = os_fresh_stack(gp->seg->hi - 16, entry, arg);
  /* Goroutine ids come in batches, one atomic for sixteen. */
  static __thread int64_t id, id_end;
  if (id == id_end) {
    id_end = add_seq(&sched.goidgen, 16) + 1;
    id = id_end - 16;
  }
  gp->goid = id++;
  struct g *me = getm()->curg;
  gp->parent_goid = me ? me->goid : 0;
  sched_hooks.g_born(gp);
  casgstatus(gp, _Gdead, _Grunnable);
  runqput(pp, gp, true);
  if (sched.started) wakep();
}

void tern_go(tern_func fn) {
  lock_preemption();
  struct g *gp = dead_g(getp(), STACK_FIRST);
  gp->creator_pc = (uintptr_t)__builtin_return_address(0);
  sched_hooks.shade(fn); /* WB-12: written into another goroutine */
  gp->start_fn = fn;
  gp->start_pc = (uintptr_t)fn->fn;
  gp->system = false;
  launch(gp, goroutine_entry, gp);
  unlock_preemption();
}

struct g *newproc_system(void (*fn)(void *), void *arg, int64_t stack_bytes,
                         enum wait_reason at_rest) {
  lock_preemption();
  struct g *gp = dead_g(getp(), stack_bytes);
  gp->start_fn = 0;
  gp->start_pc = (uintptr_t)fn;
  gp->system = true;
  gp->waitreason = at_rest;
  add_rlx(&sched.ngsys, 1);
  launch(gp, fn, arg);
  unlock_preemption();
  return gp;
}

static void goexit_on_g0(struct g *gp) {
  struct m *mp = getm();
  sched_hooks.g_exit(gp);
  casgstatus(gp, _Grunning, _Gdead);
  if (gp->system) sub_seq(&sched.ngsys, 1);
  /* SUS-8: a request that came too late must not stop the next life. */
  store_rlx(&gp->preempt_stop, false);
  store_rlx(&gp->preempt, false);
  gp->start_fn = 0;
  gp->defer_frames = 0;
  gp->panics = 0;
  gp->recover_fn = 0;
  gp->waiting = 0;
  gp->param = 0;
  gp->waitreason = WAIT_NONE;
  gp->goexiting = gp->panicking = false;
  dropg();
  gp->seg = gp->first_seg;
  stack_free_spares(gp);
  gfput(mp->p, gp);
  schedule();
}

void goexit0(void) {
  mcall(goexit_on_g0);
  __builtin_unreachable();
}
