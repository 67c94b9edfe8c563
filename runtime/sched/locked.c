/* locked.c - a goroutine and a thread bound to each other.
 *
 * While m.lockedg == g and g.lockedm == m, only this thread runs this goroutine
 * and nothing else.  That is what runtime.LockOSThread asks for, and what a
 * callback from C needs, whose C frames lie on this thread's stack.
 *
 *      thread m                          another thread x, with a P
 *   g parks; schedule()                       |
 *   stoplockedm: gives its P away, sleeps     |
 *        .                               finds g in a queue; g.lockedm is m
 *        .        <------- P ------      startlockedm: gives m its P
 *   acquirep, execute(g)                 stopm: sleeps among the idle
 *
 * LKM-1  A bound thread never runs findRunnable: it comes out of schedule() with
 *        its own goroutine.
 * LKM-2  The two pointers change together, by g itself, while m is its thread: it
 *        runs on m, or is in the system call that calls back (ccall.c).
 * LKM-3  A goroutine that exits while bound takes its thread with it: what it did to
 *        the thread (a namespace, a signal mask) is nobody else's.
 */
#include "os/os.h"
#include "sched/proc.h"

static void bind(struct g *gp, struct m *mp) {
  mp->lockedg = gp;
  gp->lockedm = mp;
}

static void unbind_if_free(struct g *gp, struct m *mp) {
  if (mp->locked_by_program != 0 || mp->locked_by_runtime != 0) return;
  mp->lockedg = 0;
  gp->lockedm = 0;
}

void lockOSThread(void) {
  struct g *gp = getg();
  gp->m->locked_by_runtime++;
  bind(gp, gp->m);
}

void unlockOSThread(void) {
  struct g *gp = getg();
  if (gp->m->locked_by_runtime-- == 0)
    throw("unlockOSThread: goroutine %ld is not bound", (long)gp->goid);
  unbind_if_free(gp, gp->m);
}

void runtime_lock_thread(void) {
  struct g *gp = getg();
  gp->m->locked_by_program++;
  bind(gp, gp->m);
}

void runtime_unlock_thread(void) {
  struct g *gp = getg();
  if (gp->m->locked_by_program == 0) return;
  gp->m->locked_by_program--;
  unbind_if_free(gp, gp->m);
}

void forget_lock(struct g *gp, struct m *mp) {
  mp->locked_by_program = mp->locked_by_runtime = 0;
  mp->lockedg = 0;
  gp->lockedm = 0;
}

/* The P comes from startlockedm; the goroutine is then the thread's to run. */
void stoplockedm(void) {
  struct m *mp = getm();
  CHECK(mp->lockedg && mp->lockedg->lockedm == mp);
  if (mp->p) handoffp(releasep());
  lock(&sched.lock);
  sched.nmidlelocked++;
  checkdead();
  unlock(&sched.lock);
  sleep_for_p();
}

/* The P is in transit until the other thread has it: nothing here may be
 * preempted (STW-9). */
void startlockedm(struct g *gp) {
  struct m *mp = gp->lockedm;
  CHECK(on_g0() && mp != getm() && !mp->nextp);
  lock(&sched.lock);
  sched.nmidlelocked--;
  unlock(&sched.lock);
  mp->nextp = releasep();
  note_wake(&mp->park);
  stopm();
}

/* The M without its thread waits for a new one (newm).  The process's first thread
 * cannot end without the process: it sleeps for ever. */
void mexit(void) {
  struct m *mp = getm();
  uintptr_t sp = mp->exit_sp;
  handoffp(releasep());
  if (mp == &m0) {
    lock(&sched.lock);
    sched.nmidlelocked++;
    checkdead();
    unlock(&sched.lock);
    note_sleep(&mp->park);
    throw("mexit: the first thread woke up");
  }
  forget_guard(mp);
  lock(&sched.lock);
  store_rlx(&sched.nmended, sched.nmended + 1);
  checkdead();
  mp->sched_link = sched.mended;
  sched.mended = mp;
  unlock(&sched.lock);
  trace_thread_end();
  os_resume(sp, 0);
}
