/* status.c - every change of a G's or P's state goes through here. */
#include "os/os.h"
#include "sched/proc.h"

const char *const wait_reason_text[WAIT_COUNT] = {
    [WAIT_NONE] = "",
    [WAIT_CHAN_RECEIVE] = "chan receive",
    [WAIT_CHAN_SEND] = "chan send",
    [WAIT_CHAN_RECEIVE_NIL] = "chan receive (nil chan)",
    [WAIT_CHAN_SEND_NIL] = "chan send (nil chan)",
    [WAIT_SELECT] = "select",
    [WAIT_SELECT_NO_CASES] = "select (no cases)",
    [WAIT_SLEEP] = "sleep",
    [WAIT_SEMACQUIRE] = "semacquire",
    [WAIT_SYNC_MUTEX] = "sync.Mutex.Lock",
    [WAIT_SYNC_RWMUTEX_R] = "sync.RWMutex.RLock",
    [WAIT_SYNC_RWMUTEX] = "sync.RWMutex.Lock",
    [WAIT_SYNC_COND] = "sync.Cond.Wait",
    [WAIT_SYNC_WAITGROUP] = "sync.WaitGroup.Wait",
    [WAIT_IO] = "IO wait",
    [WAIT_GC_ASSIST] = "GC assist wait",
    [WAIT_GC_WORKER] = "GC worker (idle)",
    [WAIT_GC_SWEEP] = "GC sweep wait",
    [WAIT_GC_SCAVENGE] = "GC scavenge wait",
    [WAIT_GC_CYCLE] = "wait for GC cycle",
    [WAIT_FORCE_GC] = "force gc (idle)",
    [WAIT_FOR_GC] = "garbage collection",
    [WAIT_STOP_WORLD] = "stopping the world",
    [WAIT_HANDSHAKE] = "handshake",
    [WAIT_SUSPEND] = "suspending a goroutine",
    [WAIT_PREEMPTED] = "preempted",
    [WAIT_PANIC] = "panicwait",
    [WAIT_FINALIZER] = "finalizer wait",
};

/* Somebody holds the word locked for a few instructions; but its thread may be
 * off the processor. */
static void wait_for_lock(int *spins) {
  if (++*spins < 100)
    procyield(10);
  else
    os_yield();
}

/* Moves an unclaimed gp from one state to another; any other state is a bug.
 * Only states that nobody can claim, or a gp that nobody else knows. */
void casgstatus(struct g *gp, uint32_t from, uint32_t to) {
  lock_may_acquire(RANK_GSCAN);
  ASSERT(from != to && G_STATE(from) == from && G_STATE(to) == to);
  for (int spins = 0; !cas_seq(&gp->status, from, to); wait_for_lock(&spins)) {
    uint32_t s = readgstatus(gp);
    if (s != from && s != (from | _Gscan))
      throw("goroutine %ld: status is %x, not %x on the way to %x",
            (long)gp->goid, s, from, to);
  }
}

/* Unlocks the word of a gp that nobody has claimed; its state is then `to`. */
void cas_status_from_scan(struct g *gp, uint32_t to) {
  pseudo_unlock(RANK_GSCAN, gp);
  if (!cas_seq(&gp->status, to | _Gscan, to))
    throw("goroutine %ld: scan bit lost (status %x, expected %x)",
          (long)gp->goid, readgstatus(gp), to | _Gscan);
}

/* From a state at rest to RUNNABLE.  Claims stay: who looks at the stack is not
 * disturbed, since gp does not run until they are gone (C-3). */
void g_make_runnable(struct g *gp, uint32_t from) {
  lock_may_acquire(RANK_GSCAN);
  for (int spins = 0;;) {
    uint32_t s = readgstatus(gp);
    if (s & _Gscan) {
      wait_for_lock(&spins);
      continue;
    }
    if (G_STATE(s) != from || (s & _Gowed)) /* PRK-2: a second ready */
      throw("goroutine %ld: status is %x, not %x on the way to runnable",
            (long)gp->goid, s, from);
    if (cas_seq(&gp->status, s, s - from + _Grunnable)) return;
  }
}

/* RUNNABLE, off its queue, to RUNNING.  False: it is claimed, and whoever drops
 * the last claim queues it again; gp is not ours any more. */
bool g_start(struct g *gp) {
  lock_may_acquire(RANK_GSCAN);
  for (int spins = 0;;) {
    uint32_t s = readgstatus(gp);
    if (s & _Gscan) {
      wait_for_lock(&spins);
      continue;
    }
    if (G_STATE(s) != _Grunnable || (s & _Gowed))
      throw("goroutine %ld: status is %x, not runnable", (long)gp->goid, s);
    bool free = G_CLAIMS(s) == 0;
    if (cas_seq(&gp->status, s, free ? (uint32_t)_Grunning : s | _Gowed))
      return free;
  }
}

/* SYSCALL to RUNNING; false: it is claimed. */
bool g_end_syscall(struct g *gp) {
  lock_may_acquire(RANK_GSCAN);
  uint32_t s;
  while (!cas_seq(&gp->status, _Gsyscall, _Grunning)) {
    s = readgstatus(gp);
    if (G_STATE(s) != _Gsyscall)
      throw("goroutine %ld: status is %x, not in a system call", (long)gp->goid, s);
    if (G_CLAIMS(s) > 0) return false;
  }
  return true;
}

/* The owner moves its P; the tick stays. */
void p_set_state(struct p *pp, uint32_t state) {
  uint64_t w = load_rlx(&pp->word);
  store_seq(&pp->word, (w & ~(uint64_t)7) | state);
}

/* Takes a P over from exactly the state seen as `word` (A2: the tick inside
 * makes an old sighting worthless). */
bool p_cas_state(struct p *pp, uint64_t word, uint32_t state, bool tick) {
  uint64_t next = (word & ~(uint64_t)7) | state;
  if (tick) next += P_TICK_ONE;
  return cas_seq(&pp->word, word, next);
}
