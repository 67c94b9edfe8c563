/* worker.c - background mark workers: who marks, on which P, for how long.
 *
 * A quarter of the Ps mark (GOMAXPROCS/4): whole ones as dedicated workers, the
 * rest as a fraction of time on each P; idle Ps mark as well until something
 * else comes up.  Workers are goroutines in a pool; the scheduler takes one when
 * a P should mark.  While it works its goroutine is RELEASED, so that another
 * worker can scan its stack (RUNNING both ways would be a deadlock,
 * golang/go#28695).
 */
#include "gc/gcp.h"
#include "os/os.h"
#include "sched/proc.h"
#include "sched/sched.h"
#include "sync/hook.h"

enum mode { MODE_NONE, MODE_DEDICATED, MODE_FRACTIONAL, MODE_IDLE };

static struct {
  mutex lock;
  struct g *parked; /* guarded by lock; linked by sched_link */
  int32_t n;        /* workers made; guarded by gcsema */
} pool = {.lock = MUTEX_INIT(WORKER_POOL)};

int32_t gc_active;
bool gc_no_workers;
double gc_fractional_goal;
int32_t gc_dedicated_wanted;

bool mark_is_candidate(void) {
  return load_seq(&gc_phase) == GC_MARK && load_seq(&gc_active) == 0 &&
         !gc_global_work() && !roots_left();
}

bool gc_work_available(struct p *pp) {
  if (!load_rlx(&gc_blacken_enabled) || load_rlx(&gc_no_workers)) return false;
  if (pp && !gcw_empty(gcw_of(pp))) return true;
  return gc_global_work() || roots_left();
}

/* ---- Dispatch (system stack, from findRunnable) ------------------------- */

static struct g *pool_take(void) {
  lock(&pool.lock);
  struct g *gp = pool.parked;
  if (gp) {
    pool.parked = gp->sched_link;
    gp->sched_link = 0;
  }
  unlock(&pool.lock);
  return gp;
}

static bool take_dedicated(void) {
  for (;;) {
    int32_t n = load_rlx(&gc_dedicated_wanted);
    if (n <= 0) return false;
    if (cas_seq(&gc_dedicated_wanted, n, n - 1)) return true;
  }
}

static bool fraction_due(struct p *pp) {
  if (gc_fractional_goal == 0) return false;
  int64_t since = os_nanotime() - gc_cycle.start_ns;
  return since > 0 &&
         (double)pp->gc->fractional_ns < gc_fractional_goal * (double)since;
}

struct g *find_gc_worker(struct p *pp, bool idle) {
  if (!load_acq(&gc_blacken_enabled)) return 0;
  if (!gc_work_available(pp)) return 0;
  enum mode m = MODE_NONE;
  if (idle)
    m = MODE_IDLE;
  else if (take_dedicated())
    m = MODE_DEDICATED;
  else if (fraction_due(pp))
    m = MODE_FRACTIONAL;
  if (m == MODE_NONE) return 0;
  struct g *gp = pool_take();
  if (!gp) {
    if (m == MODE_DEDICATED) add_seq(&gc_dedicated_wanted, 1);
    return 0;
  }
  gp->worker_mode = m;
  TRACE(GO_UNBLOCK, (uint64_t)gp->goid);
  g_make_runnable(gp, _Gwaiting);
  return gp;
}

/* ---- The worker --------------------------------------------------------- */

static bool park_in_pool(struct g *gp, void *arg) {
  (void)arg;
  lock(&pool.lock);
  gp->sched_link = pool.parked;
  pool.parked = gp;
  unlock(&pool.lock);
  return true;
}

static void drain_on_g0(void *arg) {
  struct p *pp = arg;
  switch (getm()->curg->worker_mode) {
    case MODE_DEDICATED:
      gc_drain(pp, DRAIN_UNTIL_PREEMPT | DRAIN_FLUSH_CREDIT);
      if (load_rlx(&getm()->curg->preempt)) {
        /* Asked to yield: instead let others have our queue (AS-5) and go on,
         * unless the world is to stop. */
        runq_drain_to_global(pp);
        if (!load_rlx(&sched.gcwaiting) && !load_rlx(&pp->run_safe_point)) {
          store_rlx(&getm()->curg->preempt, false);
          store_rlx(&pp->preempt, false);
          gc_drain(pp, DRAIN_FLUSH_CREDIT);
        }
      }
      break;
    case MODE_FRACTIONAL:
      gc_drain(pp, DRAIN_FRACTIONAL | DRAIN_UNTIL_PREEMPT | DRAIN_FLUSH_CREDIT);
      break;
    case MODE_IDLE:
      gc_drain(pp, DRAIN_IDLE | DRAIN_UNTIL_PREEMPT | DRAIN_FLUSH_CREDIT);
      break;
  }
}

static void account(struct p *pp, int64_t ns) {
  switch (getg()->worker_mode) {
    case MODE_DEDICATED:
      add_rlx(&gc_cycle.dedicated_ns, ns);
      add_seq(&gc_dedicated_wanted, 1);
      break;
    case MODE_FRACTIONAL:
      add_rlx(&gc_cycle.fractional_ns, ns);
      pp->gc->fractional_ns += ns;
      break;
    case MODE_IDLE:
      add_rlx(&gc_cycle.idle_ns, ns);
      break;
  }
}

static void worker_main(void *arg) {
  (void)arg;
  for (;;) {
    gopark(park_in_pool, 0, WAIT_GC_WORKER);
    lock_preemption();
    struct p *pp = getp();
    int64_t began = pp->gc->worker_start = os_nanotime();
    add_seq(&gc_active, 1);
    TRACE(WORKER_BEGIN, (uint64_t)getg()->worker_mode);
    if (load_acq(&gc_blacken_enabled)) {
      /* RELEASED meanwhile: its stack can be scanned although it may not be
       * preempted. */
      with_stack_released(WAIT_FOR_GC, drain_on_g0, pp);
    }
    TRACE(WORKER_END);
    account(pp, os_nanotime() - began);
    /* AS-7: the last one out ends the cycle. */
    bool last = sub_seq(&gc_active, 1) == 0;
    TERN_HOOK(worker_done, getm());
    last = last && mark_is_candidate();
    unlock_preemption();
    if (last) gcMarkDone();
  }
}

void workers_ensure(void) {
  while (pool.n < gomaxprocs) {
    newproc_system(worker_main, 0, 16384, WAIT_GC_WORKER);
    pool.n++;
  }
}

/* Go's rule: utilisation of a quarter; a dedicated worker too many is dropped
 * when it would miss the goal by more than 30 %. */
void workers_begin_cycle(void) {
  double goal = (double)gomaxprocs * 0.25;
  int32_t dedicated = (int32_t)(goal + 0.5);
  double error = (double)dedicated / goal - 1;
  gc_fractional_goal = 0;
  if (error < -0.3 || error > 0.3) {
    if ((double)dedicated > goal) dedicated--;
    gc_fractional_goal = (goal - (double)dedicated) / (double)gomaxprocs;
  }
  store_rlx(&gc_dedicated_wanted, dedicated);
  for (int32_t i = 0; i < gomaxprocs; i++) allp[i]->gc->fractional_ns = 0;
}
