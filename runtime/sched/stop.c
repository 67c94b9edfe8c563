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

static struct {
  bool stopped;            /* atomic */
  enum stw_reason why;     /* guarded by worldsema, like the rest */
  int64_t began;
} world;



/* ---- Asking Ps ---------------------------------------------------------- */

/* Threads that are about to write another thread's guard: as long as there are
 * any, no foreign thread takes its guard away (foreign_leave).  Atomic; Dekker:
 * the writer counts itself and then reads m.stackguard, the leaver changes that
 * and then reads the count. */
int32_t guard_writers;

void poison_guard(struct m *mp) {
  add_seq(&guard_writers, 1);
  store_rlx(load_seq(&mp->stackguard), TERN_STACK_PREEMPT);
  sub_seq(&guard_writers, 1);
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
  if (--sched.stopwait == 0) note_wake(&sched.stopnote);
  unlock(&sched.lock);
  stopm();
}

/* ---- Stop and start ----------------------------------------------------- */

bool world_is_stopped(void) { return load_acq(&world.stopped); }

int64_t stopTheWorldWithSema(enum stw_reason why) {
  struct m *mp = getm();
  CHECK(on_g0() && mp->p);
  CHECK(tern_locks == 0); /* STW-2 */
  int64_t began = nanotime();
  TRACE(STOP_BEGIN, why);
  lock(&sched.lock);
  sched.stopwait = gomaxprocs;
  store_seq(&sched.gcwaiting, 1); /* Dekker with entersyscall: STW-5 */
  TERN_HOOK(stop_asked, mp);
  preemptall();
  TERN_HOOK(stop_posted, mp);
  p_set_state(mp->p, _Pgcstop);
  sched.stopwait--;
  for (int32_t i = 0; i < gomaxprocs; i++) {
    struct p *pp = allp[i];
    uint64_t w = load_seq(&pp->word);
    if (P_STATE(w) == _Psyscall && p_cas_state(pp, w, _Pgcstop, true)) {
      TRACE(PROC_STEAL, (uint64_t)pp->id);
      sched.stopwait--;
    }
  }
  struct p *pp;
  while ((pp = pidleget()) != 0) {
    p_set_state(pp, _Pgcstop);
    sched.stopwait--;
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
  store_rel(&world.stopped, true);
  world.why = why;
  world.began = began;
  return began;
}

int64_t startTheWorldWithSema(void) {
  struct m *mp = getm();
  CHECK(on_g0() && world_is_stopped());
  lock_preemption(); /* the P list below is in transit: STW-9 */
  TRACE(STOP_END);
  store_rel(&world.stopped, false);
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
  while (with_work) {
    struct p *pp = with_work;
    with_work = pp->link;
    startm(pp, false);
  }
  int64_t now = nanotime();
  if (now - world.began > stw_longest_ns) stw_longest_ns = now - world.began;
  wakep(); /* one more: there may be work on the global queue */
  unlock_preemption();
  sched_hooks.p_acquired(mp->p); /* flush the caller's own cache too: MT-6 */
  return now;
}

struct release_request {
  void (*fn)(void *);
  void *arg;
  enum wait_reason why;
};

static void released(void *p) {
  struct release_request *r = p;
  struct g *gp = getm()->curg;
  gp->waitreason = r->why;
  casgstatus(gp, _Grunning, _Gwaiting);
  r->fn(r->arg);
  casgstatus(gp, _Gwaiting, _Grunning);
}

void with_stack_released(enum wait_reason why, void (*fn)(void *), void *arg) {
  struct release_request r = {fn, arg, why};
  systemstack(released, &r);
  /* A request may have been posted on the waiting goroutine in vain. */
  if (tern_locks == 0) preempt_check();
}

static void stop_now(void *why) {
  stopTheWorldWithSema((enum stw_reason)(uintptr_t)why);
}

void stopTheWorld(enum stw_reason why) {
  semacquire(&worldsema);
  lock_preemption(); /* until startTheWorld: no other may run on this P */
  struct release_request r = {stop_now, (void *)(uintptr_t)why,
                              WAIT_STOP_WORLD}; /* STW-3 */
  unlock_preemption();
  systemstack(released, &r);
  lock_preemption();
}

static void start_now(void *arg) {
  (void)arg;
  startTheWorldWithSema();
}

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
