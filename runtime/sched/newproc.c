/* newproc.c - a goroutine's first and last moment: tern_go, goexit0. */
#include "os/os.h"
#include "sched/proc.h"

static void goroutine_entry(void *arg) {
  struct g *gp = arg;
  sched_hooks.goroutine_main(gp);
  goexit0();
}

struct new_request {
  int64_t stack;
  struct g *gp;
};

static void make_g(void *p) {
  struct new_request *r = p;
  struct g *gp = persistentalloc(sizeof *gp, 16, &sys_stats.other);
  if (!stack_init(gp, r->stack)) out_of_memory();
  store_rel(&gp->status, _Gdead); /* before allgs shows it: A1 */
  allgadd(gp);
  r->gp = gp;
}

static void ensure_stack(void *p) {
  if (!stack_init(p, STACK_FIRST)) out_of_memory();
}

static struct g *dead_g(struct p *pp, int64_t stack) {
  lock_may_acquire(RANK_SCHED); /* gfget; the others if there is none */
  lock_may_acquire(RANK_ALLG);
  lock_may_acquire(RANK_STACK_POOL);
  struct g *gp = stack <= STACK_FIRST ? gfget(pp) : 0;
  if (!gp) {
    struct new_request r = {stack, 0};
    systemstack(make_g, &r);
    return r.gp;
  }
  if (!gp->first_seg) systemstack(ensure_stack, gp);
  return gp;
}

static void launch(struct g *gp, void (*entry)(void *), void *arg) {
  struct p *pp = getp();
  san_unpoison(gp->seg->lo, gp->seg->hi - gp->seg->lo);
  gp->sched_sp = os_fresh_stack(gp->seg->hi - 16, entry, arg);
  /* Goroutine ids come in batches, one atomic for sixteen. */
  static __thread int64_t id, id_end;
  if (id == id_end) {
    id_end = add_seq(&sched.goidgen, 16) + 1;
    id = id_end - 16;
  }
  gp->goid = id++;
  gp->fiber = san_fiber_new(gp->goid);
  struct g *me = getm()->curg;
  gp->parent_goid = me ? me->goid : 0;
  sched_hooks.g_born(gp);
  TRACE(GO_CREATE, (uint64_t)gp->goid, gp->start_pc);
  casgstatus(gp, _Gdead, _Grunnable);
  runqput(pp, gp, true);
  if (sched.started) wakep();
}

void tern_go(tern_func fn) {
  lock_preemption();
  struct g *gp = dead_g(getp(), STACK_FIRST);
  gp->creator_pc = (uintptr_t)__builtin_return_address(0);
  sched_hooks.shade(fn); /* WB-12: written into another goroutine */
  gp->start_fn = fn;
  gp->start_pc = (uintptr_t)fn->fn;
  gp->system = false;
  launch(gp, goroutine_entry, gp);
  unlock_preemption();
}

struct g *newproc_system(void (*fn)(void *), void *arg, int64_t stack_bytes,
                         enum wait_reason at_rest) {
  lock_preemption();
  struct g *gp = dead_g(getp(), stack_bytes);
  gp->start_fn = 0;
  gp->start_pc = (uintptr_t)fn;
  gp->system = true;
  gp->waitreason = at_rest;
  add_rlx(&sched.ngsys, 1);
  launch(gp, fn, arg);
  unlock_preemption();
  return gp;
}

void g_clean(struct g *gp) {
  struct m *mp = getm();
  TRACE(GO_END, (uint64_t)gp->goid);
  sched_hooks.g_exit(gp);
  casgstatus(gp, _Grunning, _Gdead);
  if (gp->system) sub_seq(&sched.ngsys, 1);
  /* SUS-8: a request that came too late must not stop the next life. */
  store_rlx(&gp->preempt_stop, false);
  store_rlx(&gp->preempt, false);
  store_rlx(&gp->scan_self, false);
  gp->start_fn = 0;
  gp->defer_frames = 0;
  gp->panics = 0;
  gp->recover_fn = 0;
  gp->waiting = 0;
  gp->param = 0;
  gp->waitreason = WAIT_NONE;
  gp->goexiting = gp->panicking = false;
  gp->c_name = 0;
  gp->callback_frame = 0;
  if (gp->lockedm) forget_lock(gp, mp);
  dropg();
  g_exited(gp);
  san_fiber_delete(gp->fiber);
  gp->fiber = 0;
  gp->seg = gp->first_seg;
  stack_free_spares(gp);
}

static void goexit_on_g0(struct g *gp) {
  bool bound = gp->lockedm != 0;
  g_clean(gp);
  gfput(getm()->p, gp);
  if (bound) mexit();
  schedule();
}

void goexit0(void) {
  mcall(goexit_on_g0);
  __builtin_unreachable();
}
