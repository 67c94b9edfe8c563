/* sysmon.c - the watchman: a thread without a P.
 *
 * Takes Ps back from system calls that last (SYS-6), asks goroutines that ran
 * for 10 ms to yield (RUN-8), is the alarm clock of the timers while all Ps are
 * idle, and starts a collection when there was none for two minutes.  Having no
 * P it stores no heap pointers (MS-12).
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

int64_t sysmon_longest_sleep;

enum {
  SHORT_US = 20,
  LONG_US = 10000,
  SLICE_NS = 10 * 1000 * 1000,
  /* While threads of C could call, a deadlock is seen only when sysmon looks. */
  CALLED_NS = 1000 * 1000 * 1000,
};

/* sched.lock held. */
void sysmon_wake(void) {
  if (!load_rlx(&sched.sysmonwait)) return;
  store_rlx(&sched.sysmonwait, false);
  note_wake(&sched.sysmonnote);
}

/* A short sleep, which a timer that is set meanwhile and due before its end cuts
 * short.  next: timers_next() as its length was chosen. */
static void nap(int64_t now, uint32_t us, int64_t next) {
  int64_t end = now + (int64_t)us * 1000;
  store_seq(&sched.sysmon_nap_end, end);
  store_seq(&sched.sysmon_naps, 1); /* Dekker with sysmon_timer_set */
  if (timers_next() == next) os_futex_wait(&sched.sysmon_naps, 1, end - now);
  store_seq(&sched.sysmon_naps, 0);
}

void sysmon_timer_set(int64_t when) {
  lock_may_acquire(RANK_SCHED);
  if (load_seq(&sched.sysmonwait)) {
    lock(&sched.lock);
    sysmon_wake();
    unlock(&sched.lock);
  } else if (load_seq(&sched.sysmon_naps) &&
             when < load_rlx(&sched.sysmon_nap_end) &&
             xchg_seq(&sched.sysmon_naps, 0)) {
    os_futex_wake(&sched.sysmon_naps, 1);
  }
}

static bool others_wait(struct p *pp) {
  return !runqempty(pp) ||
         load_rlx(&sched.nmspinning) + load_rlx(&sched.npidle) == 0 ||
         load_rlx(&sched.runq_size) > 0;
}

/* Sysmon is not counted among the running threads.  But from a look at what there
 * is to do until a P that it took, or a goroutine, is in another's hands, all
 * others may fall asleep, and checkdead would see a deadlock, or a runnable
 * goroutine and nobody to run it (RUN-10, golang/go#40368, #59600).  So sysmon
 * says that it works, and who falls asleep meanwhile leaves the verdict to it:
 * Dekker with checkdead, which comes after the last P was put on the idle list. */
static void begin_work(void) { store_seq(&sched.sysmon_works, 1); }

static void end_work(void) {
  store_seq(&sched.sysmon_works, 0);
  if (load_seq(&sched.npidle) != load_rlx(&gomaxprocs)) return;
  lock(&sched.lock);
  checkdead();
  unlock(&sched.lock);
}

/* Looks at every P once; how many were taken from system calls. */
static int retake(int64_t now) {
  int n = 0;
  for (int32_t i = 0; i < load_acq(&gomaxprocs); i++) {
    struct p *pp = allp[i];
    uint64_t w = load_seq(&pp->word);
    if (P_STATE(w) == _Prunning || P_STATE(w) == _Psyscall) {
      uint32_t tick = load_rlx(&pp->schedtick);
      if (pp->sysmon_schedtick != tick) {
        pp->sysmon_schedtick = tick;
        pp->sysmon_schedwhen = now;
      } else if (now - pp->sysmon_schedwhen >= SLICE_NS) {
        store_rlx(&pp->preempt, true); /* for exitsyscall */
        preemptone(pp);
      }
    }
    if (P_STATE(w) == _Psyscall) {
      if (pp->sysmon_syscalltick != w) { /* the word has the tick in it */
        pp->sysmon_syscalltick = w;
        pp->sysmon_syscallwhen = now;
        continue;
      }
      if (!others_wait(pp) && now - pp->sysmon_syscallwhen < SLICE_NS) continue;
      if (p_cas_state(pp, w, _Pidle, true)) {
        n++;
        TRACE(PROC_STEAL, (uint64_t)pp->id);
        add_rlx(&sched.nsyscalls_retaken, 1);
        TERN_HOOK(retake, pp);
        handoffp(pp);
      }
    }
  }
  return n;
}

/* Sleeps without limit while nothing runs: until the next timer or a wake. */
static bool sleep_while_idle(void) {
  if (load_rlx(&sched.npidle) != load_rlx(&gomaxprocs) &&
      !load_rlx(&sched.gcwaiting))
    return false;
  lock(&sched.lock);
  if (load_rlx(&sched.npidle) != load_rlx(&gomaxprocs) &&
      !load_rlx(&sched.gcwaiting)) {
    unlock(&sched.lock);
    return false;
  }
  int64_t now = nanotime(), next = timers_next();
  int64_t ns = 60ll * 1000 * 1000 * 1000;
  if (sysmon_longest_sleep > 0) ns = sysmon_longest_sleep;
  if (load_rlx(&sched.ncallbacks) > 0 && ns > CALLED_NS) ns = CALLED_NS;
  if (next && next - now < ns) ns = next - now;
  if (ns <= 0) {
    unlock(&sched.lock);
    return true;
  }
  store_seq(&sched.sysmonwait, true);
  unlock(&sched.lock);
  bool woken = false;
  if (timers_next() == next) woken = note_sleep_ns(&sched.sysmonnote, ns);
  lock(&sched.lock);
  if (!load_rlx(&sched.sysmonwait)) woken = true; /* a wake is under way */
  store_rlx(&sched.sysmonwait, false);
  unlock(&sched.lock);
  if (woken) {
    note_sleep(&sched.sysmonnote);
    note_clear(&sched.sysmonnote);
  }
  return true;
}

void sysmon(void) {
  uint32_t us = SHORT_US;
  int quiet = 0;
  for (;;) {
    if (quiet == 0)
      us = SHORT_US;
    else if (quiet > 50)
      us *= 2;
    if (us > LONG_US) us = LONG_US;
    int64_t next = timers_next(), now = nanotime();
    if (next && next > now && next - now < (int64_t)us * 1000)
      us = (uint32_t)((next - now) / 1000 + 1);
    nap(now, us, next);
    if (sleep_while_idle()) {
      us = SHORT_US;
      quiet = 0;
    }
    begin_work();
    now = nanotime();
    next = timers_next();
    if (next && next <= now && load_rlx(&sched.npidle) > 0 &&
        !load_rlx(&sched.gcwaiting))
      startm(0, false); /* the thread's findRunnable runs the timers */
    quiet = retake(now) ? 0 : quiet + 1;
    handshake_nudge(now);
    sched_hooks.force_gc(now);
    sched_hooks.sched_trace(now);
    end_work();
  }
}
