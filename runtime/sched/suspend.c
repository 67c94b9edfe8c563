/* suspend.c - stopping one goroutine at a safepoint, to read its stack.
 *
 *      RUNNING --request--> polls --preemptPark--> SCAN|PREEMPTED -> PREEMPTED
 *                                                                       |
 *      RUNNABLE, WAITING, SYSCALL --suspendG--> SCAN|same     suspendG: SCAN|WAITING
 *                                                  |                    |
 *                                               resumeG: same       resumeG: ready
 *
 * The scan bit is a lock on all transitions of the goroutine (SUS-2): whoever
 * holds it takes no scheduler lock and waits for nobody.  A claimed goroutine
 * has its registers in its own stack (SUS-11).
 */
#include "os/os.h"
#include "sched/proc.h"
#include "sync/hook.h"

/* The goroutine stops itself.  PP-1: the state and the scan bit change in one
 * step, so that no suspender sees PREEMPTED while this thread still holds on. */
void preemptPark(struct g *gp) {
  struct m *mp = getm();
  CHECK(tern_locks == 0 && mp->p);
  gp->waitreason = WAIT_PREEMPTED;
  TRACE(GO_BLOCK, (uint64_t)gp->goid, WAIT_PREEMPTED); /* before others can run it: PP-2 */
  while (!cas_seq(&gp->status, _Grunning, _Gscan | _Gpreempted)) {
    uint32_t s = readgstatus(gp); /* a suspender is posting its request */
    if (s != _Grunning && s != (_Gscan | _Grunning))
      throw("preemptPark: status is %x", s);
    procyield(1);
  }
  TERN_HOOK(preempt_park, gp);
  dropg();
  cas_status_from_scan(gp, _Gpreempted);
  schedule();
}

static struct suspend_state claimed(struct g *gp, bool stopped) {
  store_rlx(&gp->preempt_stop, false);
  store_rlx(&gp->preempt, false);
  return (struct suspend_state){.g = gp, .stopped = stopped};
}

/* Takes gp if it is at rest. */
static bool claim(struct g *gp, uint32_t s, struct suspend_state *out) {
  switch (s) {
    case _Gdead:
      *out = (struct suspend_state){.g = gp, .dead = true}; /* SUS-6 */
      return true;
    case _Grunnable:
    case _Gwaiting:
    case _Gsyscall:
      if (!cas_status_to_scan(gp, s)) return false;
      *out = claimed(gp, false);
      return true;
    case _Gpreempted:
      /* SUS-4: the winner owes one ready. */
      if (!cas_seq(&gp->status, _Gpreempted, _Gscan | _Gwaiting)) return false;
      *out = claimed(gp, true);
      return true;
    default:
      return false;
  }
}

struct suspend_state suspendG(struct g *gp) {
  struct m *mp = getm();
  if (mp->curg && readgstatus(mp->curg) == _Grunning)
    throw("suspendG from a running goroutine (SUS-1)");
  struct suspend_state out;
  int64_t asked = 0;
  for (int spins = 0;; spins++) {
    uint32_t s = readgstatus(gp);
    switch (s) {
      case _Gdead:
      case _Grunnable:
      case _Gwaiting:
      case _Gsyscall:
      case _Gpreempted:
        if (claim(gp, s, &out)) return out;
        continue;
      case _Grunning: {
        int64_t now = nanotime();
        if (asked != 0 && now - asked < 100 * 1000 &&
            load_rlx(&gp->preempt_stop))
          break; /* asked already: give it time */
        /* SUS-3: only under the scan bit, so that the request meets this
         * activation and no later one. */
        if (!cas_status_to_scan(gp, _Grunning)) continue;
        TERN_HOOK(suspend_request, gp);
        store_rlx(&gp->preempt_stop, true);
        store_rlx(&gp->preempt, true);
        /* RUNNING and held so by the scan bit: gp->m is the thread it is on. */
        store_seq(gp->m->stackguard, TERN_STACK_PREEMPT);
        cas_status_from_scan(gp, _Grunning);
        asked = now;
        break;
      }
      default:
        if (!(s & _Gscan)) throw("suspendG: status is %x", s);
        break; /* somebody else's claim: SUS-5 */
    }
    if (spins < 50)
      procyield(20);
    else
      os_yield();
  }
}

void resumeG(struct suspend_state st) {
  if (st.dead) return;
  struct g *gp = st.g;
  uint32_t s = readgstatus(gp);
  TERN_HOOK(resume, gp);
  switch (s) {
    case _Gscan | _Grunnable:
    case _Gscan | _Gwaiting:
    case _Gscan | _Gsyscall:
      cas_status_from_scan(gp, s & ~(uint32_t)_Gscan);
      break;
    default:
      throw("resumeG: status is %x", s);
  }
  if (st.stopped) goready_tail(gp);
}
