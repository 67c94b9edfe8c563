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

/* ---- Switching ---------------------------------------------------------- */

void systemstack(void (*fn)(void *), void *arg) {
  struct g *gp = getg();
  struct m *mp = gp->m;
  if (gp == &mp->g0) {
    fn(arg);
    return;
  }
  san_to_thread();
  os_call_on(fn, arg, mp->g0_sp, &gp->sched_sp, &mp->g0, gp);
  san_to_stack(gp->seg->lo, gp->seg->hi, gp->fiber);
}

void mcall(void (*fn)(struct g *)) {
  struct g *gp = getg();
  struct m *mp = gp->m;
  CHECK(gp != &mp->g0);
  san_to_thread();
  os_leave((void (*)(void *))fn, gp, mp->g0_sp, &gp->sched_sp, &mp->g0);
}

/* Not for ASan: before a call that does not return it cleans the stack it runs
 * on, and that is gp's already, as far as it knows. */
TERN_NO_ASAN void gogo(struct g *gp) {
  san_unpoison(tern_sp, gp->m->g0_sp - tern_sp); /* frames that nobody leaves */
  san_to_stack(gp->seg->lo, gp->seg->hi, gp->fiber);
  os_resume(gp->sched_sp, gp);
}

/* ---- P and M ------------------------------------------------------------ */

/* Takes pp, which nobody else can take: it came off the idle list or through
 * nextp, or is our own after a stop. */
void acquirep(struct p *pp) {
  struct m *mp = getm();
  CHECK(!mp->p && !pp->m);
  if (p_status(pp) != _Pidle)
    throw("acquirep: P %d is in state %u", pp->id, p_status(pp));
  TRACE(PROC_START, (uint64_t)pp->id);
  store_rlx(&pp->m, mp);
  mp->p = pp;
  p_set_state(pp, _Prunning);
  mcache_set(&pp->mcache);
  sched_hooks.p_acquired(pp);
}

struct p *releasep(void) {
  struct m *mp = getm();
  struct p *pp = mp->p;
  CHECK(pp && pp->m == mp && p_status(pp) == _Prunning);
  TRACE(PROC_STOP, (uint64_t)pp->id);
  mp->p = 0;
  store_rlx(&pp->m, (struct m *)0);
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
    store_rlx(&sched.nmidle, sched.nmidle - 1);
  }
  return mp;
}

void sleep_for_p(void) {
  struct m *mp = getm();
  note_sleep(&mp->park);
  note_clear(&mp->park);
  struct p *pp = mp->nextp;
  mp->nextp = 0;
  acquirep(pp);
  start_rest(pp);
}

/* Sleeps until somebody gives this thread a P (startm). */
void stopm(void) {
  struct m *mp = getm();
  CHECK(!mp->p && !mp->spinning);
  lock(&sched.lock);
  mp->sched_link = sched.midle;
  sched.midle = mp;
  store_rlx(&sched.nmidle, sched.nmidle + 1);
  checkdead();
  unlock(&sched.lock);
  sleep_for_p();
}

static void mstart_on_g0(void *arg) {
  struct m *mp = arg;
  struct p *pp = mp->nextp;
  mp->nextp = 0;
  acquirep(pp);
  start_rest(pp);
  schedule();
}

static void mstart(void *arg) {
  struct m *mp = arg;
  tern_g = &mp->g0;
  store_seq(&mp->stackguard, &tern_stackguard);
  mp->tid = os_thread_id();
  mp->g0_sp = tern_sp & ~(uintptr_t)15;
  mp->g0_sp -= 256; /* this frame lives on */
  mcache_set(0);
  if (mp->startfn) mp->startfn();
  os_leave(mstart_on_g0, mp, mp->g0_sp, &mp->exit_sp, &mp->g0);
  /* Back through mexit.  The thread ends; mp may be another's already. */
}

int64_t thread_limit = 10000; /* as in Go */

/* Makes a thread that takes pp (or runs startfn, which does not return). */
void newm(struct p *pp, bool spinning, void (*startfn)(void)) {
  CHECK(on_g0()); /* the C library takes what stack it likes */
  lock(&sched.lock);
  struct m *mp = sched.mended;
  if (mp) sched.mended = mp->sched_link;
  int64_t threads = sched.mnext - sched.nmended + 1;
  unlock(&sched.lock);
  if (!mp) {
    mp = persistentalloc(sizeof *mp, 64, &sys_stats.other);
    mp->g0.m = mp;
    mp->g0.status = _Grunning;
    struct m *head;
    do {
      head = load_rlx(&allm);
      mp->alllink = head;
    } while (!cas_rel(&allm, head, mp));
  }
  mp->nextp = pp;
  mp->spinning = spinning;
  mp->startfn = startfn;
  static int64_t id;
  mp->id = add_rlx(&id, 1);
  if (threads > load_rlx(&thread_limit)) {
    static uint32_t told; /* once, and by whoever goes on to say the rest */
    if (cas_seq(&told, 0, 1))
      os_print("runtime: program exceeds %ld-thread limit\n", (long)thread_limit);
    fatal("thread exhaustion");
  }
  if (!os_thread_create(mstart, mp))
    fatal("runtime: failed to create a new OS thread (have %ld); "
          "may need to increase max user processes (ulimit -u) or ulimit -v",
          (long)threads);
}

struct newm_request {
  struct p *pp;
  bool spinning;
};

static void newm_on_g0(void *p) {
  struct newm_request *r = p;
  newm(r->pp, r->spinning, 0);
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
    store_rlx(&sched.mnext, sched.mnext + 1);
    unlock(&sched.lock);
    TERN_HOOK(newm, pp);
    struct newm_request r = {pp, spinning}; /* pthread_create needs a whole stack */
    systemstack(newm_on_g0, &r);
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

/* A last look at all sources by one who has just put a P on the idle list; true:
 * something is there.  Who queued it before may have seen no idle P. */
static bool work_somewhere(void) {
  int32_t n = load_acq(&gomaxprocs); /* no P: nothing keeps procresize away */
  for (int32_t i = 0; i < n; i++)
    if (!runqempty(allp[i])) return true;
  if (load_seq(&sched.runq_size) > 0) return true;
  if (sched_hooks.gc_work_available(0)) return true;
  int64_t next = timers_next();
  return next != 0 && next <= nanotime();
}

/* Gives away the P of a thread that blocks.  RUN-9: starts a thread whenever
 * findRunnable on pp would find something.  And looks again once pp is idle, as one
 * does who goes to sleep: what was queued since the first look has woken nobody. */
void handoffp(struct p *pp) {
  lock_may_acquire(RANK_SCHED);
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
  TERN_HOOK(handoff_idle, pp);
  lock(&sched.lock);
  if (load_seq(&sched.gcwaiting)) {
    p_set_state(pp, _Pgcstop);
    p_stopped_wake(pp, STOPPED_HANDED_OFF);
    unlock(&sched.lock);
    return;
  }
  struct g *caller = serve_safe_point(pp);
  if (sched.runq.n > 0 || load_rlx(&sched.npidle) == load_rlx(&gomaxprocs) - 1) {
    /* The last P: somebody must look at timers and queues. */
    unlock(&sched.lock);
    startm(pp, false);
    handshake_done(caller);
    return;
  }
  pidleput(pp);
  unlock(&sched.lock);
  handshake_done(caller);
  fence_seq(); /* pairs with the fence of wakep's callers: RUN-2 */
  if (work_somewhere()) wakep();
}

/* Wakes one more thread if there is an idle P and nobody is looking for work;
 * RUN-1. */
void wakep(void) {
  lock_may_acquire(RANK_SCHED);
  if (load_seq(&sched.npidle) == 0) return;
  if (load_seq(&sched.nmspinning) != 0 || !cas_seq(&sched.nmspinning, 0, 1))
    return;
  startm(0, true);
}

/* ---- Deadlock ----------------------------------------------------------- */

/* Whether there may be threads that the runtime did not make and that are not in a
 * callback: with the address of a callback, one of them can start things again.
 * One that just ended may still be counted; sysmon looks again (CALLED_NS). */
static bool c_may_call(void) {
  if (load_rlx(&sched.ncallbacks) == 0) return false;
  int64_t ours = sched.mnext - sched.nmended + sched.nforeign + 1; /* sysmon */
  return os_thread_count() != ours;
}

/* No thread runs, none will: if no timer is pending either, nothing can happen
 * any more.  sched.lock held. */
void checkdead(void) {
  if (!sched.started) return;
  int64_t running = sched.mnext + sched.nforeign - sched.nmended - sched.nmidle -
                    sched.nmidlelocked;
  if (running > 0) return;                   /* sysmon is not counted: */
  if (load_seq(&sched.sysmon_works)) return; /* it looks itself, after its work */
  /* A P that sysmon took from a system call is in transit; handoffp starts a
   * thread for it unless others run, and that one looks again (RUN-10, C-14). */
  if (load_rlx(&sched.npidle) != load_acq(&gomaxprocs)) return;
  if (timers_next() != 0 || c_may_call()) return;
  struct allgs all = allgs_snapshot();
  int64_t users = 0;
  for (int64_t i = 0; i < all.len; i++) {
    struct g *gp = all.ptr[i];
    if (gp->system) continue;
    uint32_t s = G_STATE(readgstatus(gp));
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

/* Counts this thread as one that looks for work. */
static void start_spinning(struct m *mp) {
  mp->spinning = true;
  add_seq(&sched.nmspinning, 1);
  store_rlx(&sched.needspinning, 0);
}

static struct g *take_global(struct p *pp, int32_t max) {
  if (load_rlx(&sched.runq_size) == 0) return 0;
  lock(&sched.lock);
  struct g *gp = globrunqget(pp, max);
  unlock(&sched.lock);
  return gp;
}

/* A look at all sources, in the order in which they are worth it. */
static struct g *find_with_p(struct m *mp, struct p *pp, bool *inherit) {
  struct g *gp;
  *inherit = false;
  if ((gp = sched_hooks.find_gc_worker(pp, false)) != 0) return gp;
  if (pp->schedtick % 61 == 0 && (gp = take_global(pp, 1)) != 0) return gp;
  if ((gp = runqget(pp, inherit)) != 0) return gp;
  if ((gp = take_global(pp, 0)) != 0) return gp;
  /* RUN-12: at most half of the busy Ps have a spinning thread. */
  if (mp->spinning || 2 * load_rlx(&sched.nmspinning) <
                          gomaxprocs - load_rlx(&sched.npidle)) {
    if (!mp->spinning) start_spinning(mp);
    if ((gp = steal_work(pp)) != 0) return gp;
  }
  return sched_hooks.find_gc_worker(pp, true);
}

/* Nothing was found.  Under the lock, so that who comes with something sees either
 * an idle P or that we look again: gives up the P, if there is still no work (then
 * *gp) and no reason to start over (then true is the answer, too). */
static bool keep_p(struct m *mp, struct p *pp, struct g **gp) {
  bool keep = true;
  *gp = 0;
  TERN_HOOK(idle, pp);
  lock(&sched.lock);
  if (load_seq(&sched.gcwaiting) || load_seq(&pp->run_safe_point)) { /* FEP-4 */
  } else if (sched.runq.n > 0) {
    *gp = globrunqget(pp, 0);
  } else if (!mp->spinning && load_seq(&sched.needspinning)) { /* RUN-4 */
    start_spinning(mp);
  } else {
    releasep();
    pidleput(pp);
    keep = false;
  }
  unlock(&sched.lock);
  return keep;
}

/* The P is gone.  RUN-2: who stops spinning looks at all sources once more; true:
 * there was something, and a P to take it with. */
static bool last_look(struct m *mp) {
  bool was_spinning = mp->spinning;
  if (was_spinning) {
    mp->spinning = false;
    if (sub_seq(&sched.nmspinning, 1) < 0)
      throw("findRunnable: negative nmspinning");
  }
  TERN_HOOK(spin_end, mp);
  fence_seq(); /* pairs with the fence of wakep's callers */
  if (!work_somewhere()) return false;
  lock(&sched.lock);
  struct p *pp = pidleget();
  if (!pp) store_seq(&sched.needspinning, 1); /* RUN-4 */
  unlock(&sched.lock);
  if (!pp) return false;
  acquirep(pp);
  if (was_spinning) {
    mp->spinning = true;
    add_seq(&sched.nmspinning, 1);
  }
  return true;
}

/* The next goroutine to run; sleeps while there is none.  slice_over: nobody inherits
 * the time slice, not even whom a timer just readied. */
static struct g *findRunnable(bool slice_over, bool *inherit) {
  struct m *mp = getm();
  for (;;) {
    if (load_seq(&sched.gcwaiting)) {
      gcstopm();
      continue;
    }
    struct p *pp = mp->p;
    if (load_rlx(&pp->run_safe_point)) runSafePointFn();
    run_due_timers();
    if (slice_over) runq_next_last(pp);
    struct g *gp = find_with_p(mp, pp, inherit);
    if (gp) return gp;
    if (keep_p(mp, pp, &gp)) {
      if (gp) return gp;
    } else if (!last_look(mp)) {
      stopm();
    }
  }
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

/* Runs gp on this thread; inherit: it shares its waker's time slice.  Returns if
 * gp is claimed: whoever drops the last claim queues it (C-3). */
void execute(struct g *gp, bool inherit) {
  struct m *mp = getm();
  struct p *pp = mp->p;
  gp->m = mp;
  /* SUS-12: old requests go before the state changes, so that none that is
   * posted under the new state is lost. */
  store_rlx(&gp->preempt, false);
  store_rlx(&tern_stackguard, gp->seg->guard);
  store_rlx(&gp->waitsince, 0); /* a dying thread prints it */
  TERN_HOOK(execute, gp);
  if (!g_start(gp)) return;
  TRACE(GO_START, (uint64_t)gp->goid);
  TERN_HOOK(execute_curg, gp);
  if (!inherit) store_rlx(&pp->schedtick, pp->schedtick + 1);
  store_seq(&mp->curg, gp);
  /* Dekker with preemptone: it stored its request, then looked at curg. */
  if (load_seq(&sched.gcwaiting) || load_seq(&pp->run_safe_point) ||
      load_rlx(&gp->preempt_stop)) /* SUS-7: asked in an earlier activation */
    store_rlx(&tern_stackguard, TERN_STACK_PREEMPT);
  gogo(gp);
}

void schedule(void) {
  struct m *mp = getm();
  if (tern_locks != 0) throw("schedule: %d locks are held", tern_locks);
  for (;;) {
    if (mp->lockedg) { /* LKM-1 */
      stoplockedm();
      execute(mp->lockedg, false);
      continue; /* it is claimed */
    }
    bool slice_over = load_rlx(&mp->p->preempt), inherit; /* whoever was asked */
    if (slice_over) store_rlx(&mp->p->preempt, false);
    struct g *gp = findRunnable(slice_over, &inherit);
    if (mp->spinning) resetspinning();
    if (TERN_LIKELY(!gp->lockedm))
      execute(gp, inherit);
    else
      startlockedm(gp);
  }
}

/* The goroutine and the thread let go of each other. */
void dropg(void) {
  struct m *mp = getm();
  mp->curg->m = 0;
  store_rlx(&mp->curg, (struct g *)0);
}
