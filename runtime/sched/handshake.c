/* handshake.c - the ragged barrier: forEachP (FEP-1 to FEP-11).
 *
 * Every P runs fn once, at a safepoint of its own or through somebody who took
 * the P over, and is then free again; nobody waits but the caller, a goroutine
 * that parks and is readied by whoever served the last P.  The handshake has a
 * counter of its own; when the stop and the handshake shared one, a thread that
 * had seen gcwaiting long ago could decrement the handshake's count
 * (golang/go#10618).
 *
 * A request cannot get lost.  It is stored in the P before the guard of the
 * thread is poisoned; whoever writes a guard looks at the P's request after it
 * (execute, stack_reset_guard) or puts a poison back that it found (set_guard);
 * who gives a P away looks under sched.lock (handoffp, findRunnable) or after
 * having published SYSCALL (FEP-5).  sysmon repeats the requests of a handshake
 * that takes long and counts those it had to repeat; tests bound that count, which
 * a thread that lost the processor as it was about to look raises as well.
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

/* Pokes the poll, without taking the goroutine off its P (FEP-10).  True: that
 * was needed. */
static bool poke(struct p *pp) {
  struct m *mp = load_rlx(&pp->m);
  if (!mp || mp == getm()) return false;
  struct g *gp = load_seq(&mp->curg);
  return gp && poison_guard(mp);
}

/* ---- Serving a P -------------------------------------------------------- */

/* sched.lock held; the last one takes the caller, who is parked. */
static struct g *acknowledge(void) {
  assert_held(&sched.lock);
  if (--sched.safe_point_wait < 0) throw("forEachP: wait is negative");
  return sched.safe_point_wait == 0 ? sched.safe_point_caller : 0;
}

/* FEP-3: whoever clears the flag runs fn. */
static bool take(struct p *pp) {
  uint32_t gen = load_seq(&pp->run_safe_point);
  return gen != 0 && cas_seq(&pp->run_safe_point, gen, 0);
}

struct g *serve_safe_point(struct p *pp) {
  assert_held(&sched.lock);
  if (!take(pp)) return 0;
  sched.safe_point_fn(pp);
  return acknowledge();
}

void handshake_done(struct g *caller) {
  if (!caller) return;
  if (getm()->p)
    goready(caller);
  else
    injectg(caller);
}

bool runSafePointFn(void) {
  lock_may_acquire(RANK_SCHED);
  struct p *pp = getm()->p;
  if (!take(pp)) return false;
  sched.safe_point_fn(pp);
  lock(&sched.lock);
  struct g *caller = acknowledge();
  unlock(&sched.lock);
  handshake_done(caller);
  return caller != 0;
}

/* Takes over the Ps that are in system calls and runs fn for them: handoffp
 * does, under sched.lock or on a new thread.  sysmon comes without a P. */
static void serve_syscalls(struct p *me) {
  for (int32_t i = 0; i < load_acq(&gomaxprocs); i++) {
    struct p *pp = allp[i];
    if (pp == me || !load_seq(&pp->run_safe_point)) continue;
    uint64_t w = load_seq(&pp->word);
    if (P_STATE(w) == _Psyscall && p_cas_state(pp, w, _Pidle, true)) {
      TRACE(PROC_STEAL, (uint64_t)pp->id);
      handoffp(pp);
    }
  }
}

void handshake_nudge(int64_t now) {
  int64_t began = load_acq(&sched.safe_point_began);
  if (began == 0 || now - began < 5 * 1000 * 1000) return;
  for (int32_t i = 0; i < load_acq(&gomaxprocs); i++) {
    struct p *pp = allp[i];
    if (load_rlx(&pp->run_safe_point) && p_status(pp) == _Prunning && poke(pp))
      add_rlx(&sched.safe_point_nudges, 1);
  }
  serve_syscalls(0);
}

/* ---- The round ---------------------------------------------------------- */

/* On the system stack; the caller is WAITING by now (FEP-8).  False: it need not
 * wait. */
static bool begin(struct g *caller, void *fn) {
  struct p *me = getm()->p;
  TRACE(HANDSHAKE_BEGIN);
  lock(&sched.lock);
  if (sched.safe_point_wait != 0)
    throw("forEachP: already under way (wait %d)", sched.safe_point_wait);
  sched.safe_point_wait = gomaxprocs; /* our own P stands for us */
  sched.safe_point_fn = (void (*)(struct p *))fn;
  sched.safe_point_caller = caller;
  if (++sched.safe_point_gen == 0) sched.safe_point_gen = 1;
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (allp[i] != me) store_seq(&allp[i]->run_safe_point, sched.safe_point_gen);
  store_rel(&sched.safe_point_began, nanotime());
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (allp[i] != me) poke(allp[i]);
  /* Idle Ps stay idle while we hold the lock: FEP-4, MS-15. */
  for (struct p *pp = sched.pidle; pp; pp = pp->link) serve_safe_point(pp);
  unlock(&sched.lock);
  serve_syscalls(me);
  ((void (*)(struct p *))fn)(me);
  lock(&sched.lock);
  bool last = acknowledge() != 0;
  unlock(&sched.lock); /* from here on the last P may ready the caller */
  return !last;
}

void forEachP(void (*fn)(struct p *)) {
  CHECK(!on_g0() && tern_locks == 0);
  gopark(begin, (void *)fn, WAIT_HANDSHAKE);
  store_rel(&sched.safe_point_began, 0);
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (load_acq(&allp[i]->run_safe_point))
      throw("forEachP: P %d did not run fn", i);
  CHECK(load_acq(&sched.safe_point_wait) == 0);
  TRACE(HANDSHAKE_END);
}
