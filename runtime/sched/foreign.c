/* foreign.c - threads that the runtime did not make, for the time of a callback.
 *
 * A thread of a C library has no M, no goroutine, and zeros in the runtime's
 * thread-locals.  foreign_enter gives it an M from a list of its own (or a new
 * one) whose system stack is the thread's stack, with a goroutine that looks as
 * if it were in a system call; from then on the callback goes the way of every
 * other (ccall.c).  foreign_leave takes all of that back.
 *
 *   FT-1  The M on the list owns no P, and its guard word is `nobody`: the word in
 *         the thread's own memory may vanish with the thread (poison_guard).
 *   FT-2  The goroutine of such an M is DEAD, a system goroutine, and counted in
 *         ngsys while the M is on the list.
 *   FT-3  Nothing of the runtime stays with the thread, which may end at any time
 *         afterwards: what it took in a thread-local goes back.
 */
#include "os/os.h"
#include "sched/proc.h"

static uintptr_t nobody; /* atomic: a guard that no code compares with */

/* FT-1: from now on nobody writes to this thread's memory. */
void forget_guard(struct m *mp) {
  store_seq(&mp->stackguard, &nobody); /* Dekker with poison_guard */
  while (load_seq(&guard_writers) != 0) os_yield();
}

static struct m *new_foreign_m(void) {
  struct m *mp = persistentalloc(sizeof *mp, 64, &sys_stats.other);
  struct g *gp = persistentalloc(sizeof *gp, 16, &sys_stats.other);
  mp->signal_stack = os_map(OS_SIGNAL_STACK, &sys_stats.other);
  if (!mp->signal_stack || !stack_init(gp, STACK_FIRST)) out_of_memory();
  mp->g0.m = mp;
  mp->g0.status = _Grunning;
  mp->id = -1;
  mp->foreign_g = gp;
  gp->system = true;
  add_seq(&sched.ngsys, 1);
  store_rel(&gp->status, _Gdead); /* before allgs shows it: A1 */
  allgadd(gp);
  struct m *head;
  do {
    head = load_rlx(&allm);
    mp->alllink = head;
  } while (!cas_rel(&allm, head, mp));
  return mp;
}

struct m *foreign_enter(void) {
  mcache_set(0);
  lock(&sched.lock);
  struct m *mp = sched.mforeign;
  if (mp) sched.mforeign = mp->sched_link;
  sched.nforeign++;
  unlock(&sched.lock);
  if (!mp) mp = new_foreign_m();
  store_seq(&mp->stackguard, &tern_stackguard);
  mp->tid = os_thread_id();
  mp->signal_stack_lent = os_signal_stack_lend(mp->signal_stack);
  tern_g = &mp->g0;
  struct g *gp = mp->foreign_g;
  gp->goid = add_seq(&sched.goidgen, 1);
  gp->parent_goid = 0;
  gp->creator_pc = gp->start_pc = 0;
  gp->system = false;
  sub_seq(&sched.ngsys, 1);
  gp->m = mp;
  san_unpoison(gp->seg->lo, gp->seg->hi - gp->seg->lo);
  uintptr_t *top = (uintptr_t *)(gp->seg->hi - 32); /* nothing is live above */
  for (int i = 0; i < 4; i++) top[i] = 0;
  gp->sched_sp = gp->syscall_sp = (uintptr_t)top;
  for (int i = 0; i < 6; i++) gp->syscall_regs[i] = 0;
  /* Not "born scanned", as in MARK: without a P the phase may be over by now.  Its
   * stack is empty, so that to scan it, or not to, is right in any phase. */
  store_rlx(&gp->scanned, false);
  casgstatus(gp, _Gdead, _Gsyscall);
  store_seq(&mp->curg, gp);
  return mp;
}

void foreign_leave(struct m *mp) {
  struct g *gp = mp->foreign_g;
  g_clean(gp);
  gp->system = true;
  add_seq(&sched.ngsys, 1);
  handoffp(releasep());
  forget_guard(mp);
  if (mp->signal_stack_lent) os_signal_stack_back();
  trace_thread_end();
  lock(&sched.lock);
  sched.nforeign--;
  checkdead(); /* the last one that could run; C's own threads may call, though */
  tern_g = 0;
  mp->sched_link = sched.mforeign;
  sched.mforeign = mp;
  unlock(&sched.lock);
}
