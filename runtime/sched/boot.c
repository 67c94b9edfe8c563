/* boot.c - the first thread, the first Ps, the first goroutine. */
#include "os/os.h"
#include "sched/proc.h"

static void nothing_p(struct p *pp) { (void)pp; }
static void nothing_g(struct g *gp) { (void)gp; }
static void nothing_time(int64_t t) { (void)t; }
static void nothing_ptr(void *p) { (void)p; }
static struct g *no_worker(struct p *pp, bool idle) {
  (void)pp;
  (void)idle;
  return 0;
}
static bool no_work(struct p *pp) {
  (void)pp;
  return false;
}
static void plain_main(struct g *gp) {
  ((void (*)(tern_func))gp->start_fn->fn)(gp->start_fn);
}

/* A room that is not linked leaves its hooks alone; these do nothing. */
static void default_hooks(void) {
  struct sched_hooks *h = &sched_hooks;
  if (!h->find_gc_worker) h->find_gc_worker = no_worker;
  if (!h->gc_work_available) h->gc_work_available = no_work;
  if (!h->p_init) h->p_init = nothing_p;
  if (!h->p_destroy) h->p_destroy = nothing_p;
  if (!h->p_acquired) h->p_acquired = nothing_p;
  if (!h->g_exit) h->g_exit = nothing_g;
  if (!h->g_born) h->g_born = nothing_g;
  if (!h->scan_self) h->scan_self = nothing_g;
  if (!h->shade) h->shade = nothing_ptr;
  if (!h->goroutine_main) h->goroutine_main = plain_main;
  if (!h->stack_overflow) h->stack_overflow = nothing_g;
  if (!h->force_gc) h->force_gc = nothing_time;
  if (!h->sched_trace) h->sched_trace = nothing_time;
}

void schedinit(int32_t procs) {
  default_hooks();
  ncpu = os_ncpu();
  m0.g0.m = &m0;
  m0.g0.status = _Grunning;
  m0.tid = os_thread_id();
  m0.alllink = 0;
  allm = &m0;
  sched.mnext = 1;
  tern_g = &m0.g0;
  m0.stackguard = &tern_stackguard;
  mcache_set(0);
  os_thread_init();
  procresize(procs);
  for (int32_t i = procs - 1; i >= 0; i--) {
    if (allp[i] == m0.p) {
      p_set_state(allp[i], _Prunning);
      continue;
    }
    p_set_state(allp[i], _Pidle);
    lock(&sched.lock);
    pidleput(allp[i]);
    unlock(&sched.lock);
  }
}

static void run_main(void *fn) {
  ((void (*)(void))fn)();
  goexit0();
}

void sched_start(void (*main_fn)(void)) {
  struct g *gp = newproc_system(run_main, (void *)main_fn, 65536, WAIT_NONE);
  gp->system = false;
  sub_seq(&sched.ngsys, 1);
  newm(0, false, sysmon);
  m0.g0_sp = (tern_sp & ~(uintptr_t)15) - 256;
  sched.started = true;
  schedule();
}
