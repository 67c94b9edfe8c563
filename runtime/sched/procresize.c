/* procresize.c - the number of Ps: runtime.GOMAXPROCS. */
#include "os/os.h"
#include "sched/proc.h"
#include "sched/sudog.h"

#define MAX_PROCS 256

static struct p *new_p(int32_t id) {
  struct p *pp = persistentalloc(sizeof *pp, 64, &sys_stats.other);
  pp->id = id;
  pp->word = _Pgcstop;
  mcache_init(&pp->mcache);
  sched_hooks.p_init(pp);
  return pp;
}

static void destroy_p(struct p *pp) {
  runq_drain_to_global(pp);
  sudogs_give_back(pp);
  sched_hooks.p_destroy(pp);
  if (pp->n_free_gs > 0) {
    lock(&sched.lock);
    while (pp->free_gs) {
      struct g *gp = pp->free_gs;
      pp->free_gs = gp->sched_link;
      gp->sched_link = sched.gfree;
      sched.gfree = gp;
      store_rlx(&sched.n_gfree, sched.n_gfree + 1);
    }
    store_rlx(&pp->n_free_gs, 0);
    unlock(&sched.lock);
  }
  p_set_state(pp, _Pdead);
}

/* World stopped (or at boot), gcsema held.  The caller keeps its P if that
 * still exists, else gets P 0. */
void procresize(int32_t n) {
  if (n > MAX_PROCS) n = MAX_PROCS;
  struct m *mp = getm();
  if (!allp) allp = persistentalloc(MAX_PROCS * sizeof *allp, 8, &sys_stats.other);
  int32_t old = gomaxprocs;
  for (int32_t i = 0; i < n; i++) {
    if (!allp[i]) allp[i] = new_p(i);
    if (p_status(allp[i]) == _Pdead) {
      p_set_state(allp[i], _Pgcstop);
      sched_hooks.p_acquired(allp[i]); /* adopts the current sweepgen */
    }
  }
  TRACE(PROCS, (uint64_t)n);
  if (mp->p && mp->p->id >= n) {
    TRACE(PROC_STOP, (uint64_t)mp->p->id);
    store_rlx(&mp->p->m, (struct m *)0);
    mp->p = 0;
    mcache_set(0);
  }
  store_rel(&gomaxprocs, n);
  if (!mp->p) {
    p_set_state(allp[0], _Pidle);
    acquirep(allp[0]);
    p_set_state(allp[0], _Pgcstop);
  }
  for (int32_t i = n; i < old; i++) destroy_p(allp[i]);
}

static void resize_on_g0(void *n) { procresize((int32_t)(intptr_t)n); }

static void set_with_stack(void *n) {
  stopTheWorldGC(STW_GOMAXPROCS);
  systemstack(resize_on_g0, n);
  startTheWorldGC();
}

int32_t set_gomaxprocs(int32_t n) {
  int32_t old = load_rlx(&gomaxprocs);
  if (n > MAX_PROCS) n = MAX_PROCS;
  if (n > 0 && n != old)
    with_stack(4096, set_with_stack, (void *)(intptr_t)n);
  return old;
}
