/* stop.c - stopping the world and starting it again.
 *
 * stopTheWorldWithSema (STW-1 to STW-10): asks every P to stop and counts those
 * that did.  Each P is subtracted from stopwait exactly once, under sched.lock,
 * by the one that moved it to GCSTOP: the stopper for its own, the idle ones and
 * those in system calls; gcstopm, handoffp and entersyscall for theirs.
 *
 * No busy wait: the stopper sleeps on a note and repeats its requests every 100
 * microseconds, because a request may fall between a goroutine's switch
 * and its first poll (STW-6).
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

uint32_t startSema = 1, gcsema = 1, worldsema = 1, markDoneSema = 1;
int64_t stw_longest_ns;
struct stw_record stw_ring[STW_RING];
uint32_t stw_count;

const char *const stw_reason_text[STW_REASONS] = {
    [STW_NONE] = "unknown",
    [STW_GC_MARK_TERM] = "GC mark termination",
    [STW_GOMAXPROCS] = "GOMAXPROCS",
    [STW_READMEMSTATS] = "ReadMemStats",
    [STW_STACK_ALL] = "all goroutines stack trace",
    [STW_GOROUTINE_PROFILE] = "goroutine profile",
    [STW_HEAP_DUMP] = "write heap dump",
    [STW_SET_GC_PERCENT] = "SetGCPercent",
    [STW_SET_MEMORY_LIMIT] = "SetMemoryLimit",
    [STW_CHECKMARK] = "check mark",
    [STW_TRACE_START] = "trace start",
    [STW_TRACE_STOP] = "trace stop",
    [STW_TEST] = "test",
};

static bool stopped; /* atomic: the world is */

/* The present or last stop; guarded by worldsema. */
static struct stw_record *record(void) {
  return &stw_ring[(stw_count - 1) % STW_RING];
}

/* ---- Asking Ps ---------------------------------------------------------- */

/* Threads that are about to write another thread's guard: as long as there are
 * any, no foreign thread takes its guard away (foreign_leave).  Atomic; Dekker:
 * the writer counts itself and then reads m.stackguard, the leaver changes that
 * and then reads the count. */
int32_t guard_writers;

bool poison_guard(struct m *mp) {
  add_seq(&guard_writers, 1);
  uintptr_t old = xchg_seq(load_seq(&mp->stackguard), TERN_STACK_PREEMPT);
  sub_seq(&guard_writers, 1);
  return old != TERN_STACK_PREEMPT;
}

/* Asks the goroutine that runs on pp to stop at its next poll.  Best effort: the
 * look at curg is a race; false if there was nobody to ask. */
bool preemptone(struct p *pp) {
  struct m *mp = load_rlx(&pp->m);
  if (!mp || mp == getm()) return false;
  struct g *gp = load_seq(&mp->curg);
  if (!gp || gp == &mp->g0) return false;
  TERN_HOOK(preemptone, gp);
  store_rlx(&gp->preempt, true);
  fence_seq();
  poison_guard(mp);
  store_rlx(&pp->preempt, true);
  return true;
}

void preemptall(void) {
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (p_status(allp[i]) == _Prunning) preemptone(allp[i]);
}

/* ---- Being stopped ------------------------------------------------------ */

/* Where the goroutine that just left this M was: the first return addresses of
 * its saved stack (switch.S has the layout). */
void note_stop_place(struct m *mp, struct g *gp) {
  uintptr_t *sp = (uintptr_t *)gp->sched_sp, *fp = (uintptr_t *)sp[5];
  int n = 0;
  mp->stop_goid = gp->goid;
  mp->stop_pcs[n++] = sp[6];
  while (n < STW_PCS && (uintptr_t)fp > gp->sched_sp &&
         (uintptr_t)(fp + 2) <= gp->seg->hi) {
    mp->stop_pcs[n++] = fp[1];
    if ((uintptr_t *)fp[0] <= fp) break;
    fp = (uintptr_t *)fp[0];
  }
  while (n < STW_PCS) mp->stop_pcs[n++] = 0;
}

/* One P fewer to wait for: pp, by the one that moved it to GCSTOP (STW-4).
 * sched.lock held. */
void p_stopped(struct p *pp, enum stw_how how) {
  assert_held(&sched.lock);
  if (--sched.stopwait < 0) throw("stopTheWorld: stopwait is negative");
  if (sched.stopwait > 0) return;
  struct stw_record *r = record();
  struct m *mp = getm();
  r->last_p = pp->id;
  r->last_how = how;
  r->last_goid = 0;
  if (how == STOPPED_AT_POLL && mp->stop_goid) {
    r->last_goid = mp->stop_goid;
    for (int i = 0; i < STW_PCS; i++) r->last_pcs[i] = mp->stop_pcs[i];
  }
}

/* The same by another than the stopper, who sleeps. */
void p_stopped_wake(struct p *pp, enum stw_how how) {
  p_stopped(pp, how);
  if (sched.stopwait == 0) note_wake(&sched.stopnote);
}

/* This thread's P stops: gives it up and sleeps until it is given one. */
void gcstopm(void) {
  struct m *mp = getm();
  CHECK(load_seq(&sched.gcwaiting));
  if (mp->spinning) {
    mp->spinning = false;
    if (sub_seq(&sched.nmspinning, 1) < 0)
      throw("gcstopm: negative nmspinning");
  }
  struct p *pp = releasep();
  lock(&sched.lock);
  p_set_state(pp, _Pgcstop);
  p_stopped_wake(pp, STOPPED_AT_POLL);
  unlock(&sched.lock);
  mp->stop_goid = 0;
  stopm();
}

/* ---- Stop and start ----------------------------------------------------- */

bool world_is_stopped(void) { return load_acq(&stopped); }

int64_t stopTheWorldWithSema(enum stw_reason why) {
  struct m *mp = getm();
  CHECK(on_g0() && mp->p);
  CHECK(tern_locks == 0); /* STW-2 */
  int64_t began = nanotime();
  TRACE(STOP_BEGIN, why);
  stw_count++;
  *record() = (struct stw_record){.why = why, .began = began};
  lock(&sched.lock);
  sched.stopwait = gomaxprocs;
  store_seq(&sched.gcwaiting, 1); /* Dekker with entersyscall: STW-5 */
  TERN_HOOK(stop_asked, mp);
  preemptall();
  TERN_HOOK(stop_posted, mp);
  p_set_state(mp->p, _Pgcstop);
  p_stopped(mp->p, STOPPED_CALLER);
  for (int32_t i = 0; i < gomaxprocs; i++) {
    struct p *pp = allp[i];
    uint64_t w = load_seq(&pp->word);
    if (P_STATE(w) == _Psyscall && p_cas_state(pp, w, _Pgcstop, true)) {
      TRACE(PROC_STEAL, (uint64_t)pp->id);
      p_stopped(pp, STOPPED_IN_SYSCALL);
    }
  }
  struct p *pp;
  while ((pp = pidleget()) != 0) {
    p_set_state(pp, _Pgcstop);
    p_stopped(pp, STOPPED_IDLE);
  }
  bool wait = sched.stopwait > 0;
  unlock(&sched.lock);
  while (wait && !note_sleep_ns(&sched.stopnote, REPEAT_NS)) preemptall();
  if (wait) note_clear(&sched.stopnote);
  /* STW-7 */
  if (sched.stopwait != 0) throw("stopTheWorld: stopwait is %d", sched.stopwait);
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (p_status(allp[i]) != _Pgcstop)
      throw("stopTheWorld: P %d is in state %u", i, p_status(allp[i]));
  TRACE(STOP_DONE);
  record()->stopped_ns = nanotime() - began;
  store_rel(&stopped, true);
  return began;
}

/* STW-11: the Ps with work (linked by link) are started by a tree of wake-ups:
 * each thread that wakes gets half of the rest to start. */
static void start_ps(struct p *list) {
  while (list) {
    struct p *pp = list, *keep = 0, *give = 0;
    bool turn = false;
    for (struct p *rest = pp->link, *next; rest; rest = next, turn = !turn) {
      struct p **to = turn ? &keep : &give;
      next = rest->link;
      rest->link = *to;
      *to = rest;
    }
    pp->link = 0;
    pp->start_list = give;
    startm(pp, false);
    list = keep;
  }
}

/* A thread took pp over; it may have others to start. */
void start_rest(struct p *pp) {
  struct p *list = pp->start_list;
  pp->start_list = 0;
  start_ps(list);
}

int64_t startTheWorldWithSema(void) {
  struct m *mp = getm();
  CHECK(on_g0() && world_is_stopped());
  lock_preemption(); /* the P list below is in transit: STW-9 */
  TRACE(STOP_END);
  store_rel(&stopped, false);
  lock(&sched.lock);
  struct p *with_work = 0;
  for (int32_t i = gomaxprocs - 1; i >= 0; i--) {
    struct p *pp = allp[i];
    if (pp == mp->p) {
      p_set_state(pp, _Prunning);
      continue;
    }
    p_set_state(pp, _Pidle);
    if (runqempty(pp)) {
      pidleput(pp);
    } else {
      pp->link = with_work;
      with_work = pp;
    }
  }
  store_seq(&sched.gcwaiting, 0);
  sysmon_wake();
  unlock(&sched.lock);
  start_ps(with_work);
  int64_t now = nanotime();
  record()->total_ns = now - record()->began;
  if (record()->total_ns > stw_longest_ns) stw_longest_ns = record()->total_ns;
  wakep(); /* one more: there may be work on the global queue */
  unlock_preemption();
  sched_hooks.p_acquired(mp->p); /* flush the caller's own cache too: MT-6 */
  return now;
}

static void stop_now(void *why) {
  stopTheWorldWithSema((enum stw_reason)(uintptr_t)why);
}

void stopTheWorld(enum stw_reason why) {
  semacquire(&worldsema);
  /* STW-3.  No poll from here to lock_preemption: nobody else may run on this P
   * until startTheWorld. */
  release_stack(WAIT_STOP_WORLD, stop_now, (void *)(uintptr_t)why);
  lock_preemption();
}

static void start_now(void *arg) {
  (void)arg;
  startTheWorldWithSema();
}

/* C-9: the restart and the hand-off of worldsema must not be torn apart, or the
 * next stopper would wait for a whole time slice.  They are not: there is no
 * poll between the two. */
void startTheWorld(void) {
  unlock_preemption();
  systemstack(start_now, 0);
  /* Direct hand-off, so that a loop of stops cannot starve the collector:
   * SEM-7, golang/go#40459. */
  semrelease(&worldsema, true);
}

void stopTheWorldGC(enum stw_reason why) {
  semacquire(&gcsema); /* SEM-1 */
  stopTheWorld(why);
}

void startTheWorldGC(void) {
  startTheWorld();
  semrelease(&gcsema, true);
}
