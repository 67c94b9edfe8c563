/* gfree.c - all goroutines, and the dead ones kept for reuse. */
#include <string.h>

#include "os/os.h"
#include "sched/proc.h"

/* ---- allgs -------------------------------------------------------------- */

mutex allglock = MUTEX_INIT(ALLG);
static struct {
  struct g **ptr; /* atomic; old arrays stay valid for ever */
  int64_t len;    /* atomic; release after ptr */
  int64_t cap;    /* guarded by allglock */
} allgs;

struct allgs allgs_snapshot(void) {
  /* The length first: the array can only have grown since. */
  int64_t n = load_acq(&allgs.len); /* pairs with allgadd */
  return (struct allgs){load_acq(&allgs.ptr), n};
}

void allgadd(struct g *gp) {
  lock(&allglock);
  lock_may_acquire(RANK_PERSISTENT);
  if (allgs.len == allgs.cap) {
    int64_t cap = allgs.cap ? allgs.cap * 2 : 256;
    struct g **p =
        persistentalloc((uintptr_t)cap * sizeof *p, 8, &sys_stats.other);
    if (allgs.len) memcpy(p, allgs.ptr, (size_t)allgs.len * sizeof *p);
    store_rel(&allgs.ptr, p);
    allgs.cap = cap;
  }
  store_rel(&allgs.ptr[allgs.len], gp);
  store_rel(&allgs.len, allgs.len + 1);
  unlock(&allglock);
}

int64_t gcount(void) {
  int64_t n = load_acq(&allgs.len) - load_rlx(&sched.n_gfree) -
              load_rlx(&sched.ngsys);
  for (int32_t i = 0; i < gomaxprocs; i++) n -= load_rlx(&allp[i]->n_free_gs);
  return n < 1 ? 1 : n;
}

/* ---- Dead goroutines ---------------------------------------------------- */

enum { LOCAL_MAX = 64 };

static void move_to_global(void *arg) {
  struct p *pp = arg;
  lock(&sched.lock);
  while (pp->n_free_gs > LOCAL_MAX / 2) {
    struct g *gp = pp->free_gs;
    pp->free_gs = gp->sched_link;
    store_rlx(&pp->n_free_gs, pp->n_free_gs - 1);
    gp->sched_link = sched.gfree;
    sched.gfree = gp;
    store_rlx(&sched.n_gfree, sched.n_gfree + 1);
  }
  unlock(&sched.lock);
}

void gfput(struct p *pp, struct g *gp) {
  lock_may_acquire(RANK_SCHED);
  gp->sched_link = pp->free_gs;
  pp->free_gs = gp;
  store_rlx(&pp->n_free_gs, pp->n_free_gs + 1);
  if (pp->n_free_gs >= LOCAL_MAX) move_to_global(pp);
}

static void take_from_global(void *arg) {
  struct p *pp = arg;
  lock(&sched.lock);
  while (pp->n_free_gs < LOCAL_MAX / 2 && sched.gfree) {
    struct g *gp = sched.gfree;
    sched.gfree = gp->sched_link;
    store_rlx(&sched.n_gfree, sched.n_gfree - 1);
    gp->sched_link = pp->free_gs;
    pp->free_gs = gp;
    store_rlx(&pp->n_free_gs, pp->n_free_gs + 1);
  }
  unlock(&sched.lock);
}

struct g *gfget(struct p *pp) {
  if (!pp->free_gs && load_rlx(&sched.n_gfree) > 0)
    systemstack(take_from_global, pp);
  struct g *gp = pp->free_gs;
  if (!gp) return 0;
  pp->free_gs = gp->sched_link;
  store_rlx(&pp->n_free_gs, pp->n_free_gs - 1);
  gp->sched_link = 0;
  return gp;
}
