/* handshake.c - the ragged barrier: forEachP (FEP-1 to FEP-9).
 *
 * Every P runs fn once, at a safepoint of its own or through somebody who took
 * the P over.  It has a counter and a note of its own; when the stop and the
 * handshake shared one, a thread that had seen gcwaiting long ago could decrement
 * the handshake's count (golang/go#10618).
 */
#include "os/os.h"
#include "sched/proc.h"

/* Only pokes the poll, without taking the goroutine off its P (FEP-10). */
static void poke(struct p *pp) {
  struct m *mp = load_rlx(&pp->m);
  if (!mp || mp == getm()) return;
  struct g *gp = load_seq(&mp->curg);
  if (gp) poison_guard(mp);
  store_rlx(&pp->preempt, true);
}

/* This thread's P runs the pending function, if it still is pending: FEP-3. */
void runSafePointFn(void) {
  struct p *pp = getm()->p;
  if (!cas_seq(&pp->run_safe_point, 1, 0)) return;
  sched.safe_point_fn(pp);
  lock(&sched.lock);
  if (--sched.safe_point_wait == 0) note_wake(&sched.safe_point_note);
  unlock(&sched.lock);
}

/* Takes over the Ps that are in system calls and runs fn for them.  Repeated
 * while waiting: one may have entered its call just after we looked (FEP-5). */
static void serve_syscalls(struct p *me) {
  for (int32_t i = 0; i < gomaxprocs; i++) {
    struct p *pp = allp[i];
    if (pp == me || !load_seq(&pp->run_safe_point)) continue;
    uint64_t w = load_seq(&pp->word);
    if (P_STATE(w) == _Psyscall && p_cas_state(pp, w, _Pidle, true)) {
      TRACE(PROC_STEAL, (uint64_t)pp->id);
      handoffp(pp); /* runs fn, under sched.lock or on a new thread */
    }
  }
}

void forEachP(void (*fn)(struct p *)) {
  struct m *mp = getm();
  CHECK(on_g0() && mp->p);
  lock_preemption();
  struct p *me = mp->p;
  TRACE(HANDSHAKE_BEGIN);
  lock(&sched.lock);
  if (sched.safe_point_wait != 0)
    throw("forEachP: already under way (wait %d)", sched.safe_point_wait);
  sched.safe_point_wait = gomaxprocs - 1;
  sched.safe_point_fn = fn;
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (allp[i] != me) store_seq(&allp[i]->run_safe_point, 1);
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (allp[i] != me) poke(allp[i]);
  /* Idle Ps stay idle while we hold the lock: FEP-4, MS-15. */
  for (struct p *pp = sched.pidle; pp; pp = pp->link)
    if (cas_seq(&pp->run_safe_point, 1, 0)) {
      fn(pp);
      sched.safe_point_wait--;
    }
  bool wait = sched.safe_point_wait > 0;
  unlock(&sched.lock);
  fn(me);
  serve_syscalls(me);
  while (wait && !note_sleep_ns(&sched.safe_point_note, REPEAT_NS)) {
    for (int32_t i = 0; i < gomaxprocs; i++)
      if (allp[i] != me && load_rlx(&allp[i]->run_safe_point)) poke(allp[i]);
    serve_syscalls(me);
  }
  if (wait) note_clear(&sched.safe_point_note);
  lock(&sched.lock);
  for (int32_t i = 0; i < gomaxprocs; i++)
    if (load_rlx(&allp[i]->run_safe_point))
      throw("forEachP: P %d did not run fn", i);
  if (sched.safe_point_wait != 0)
    throw("forEachP: wait is %d", sched.safe_point_wait);
  sched.safe_point_fn = 0;
  unlock(&sched.lock);
  TRACE(HANDSHAKE_END);
  unlock_preemption();
}

static void for_each_on_g0(void *fn) { forEachP((void (*)(struct p *))fn); }

void for_each_p(void (*fn)(struct p *)) {
  with_stack_released(WAIT_HANDSHAKE, for_each_on_g0, (void *)fn);
}
