/* cycle.c - one collection from start to end.
 *
 *   gcStart
 *     MS-1  trigger re-tested under startSema; gcsema, then worldsema
 *     MS-2  sweep drained, caches of the last cycle flushed, marks clear
 *     MS-3  PREP1, barrier on;         H1: every P has seen it
 *     MS-4  PREP2, allocate black;     H2: every P gave its white runs back
 *     MS-5  snapshot of allgs, root jobs, MARK; worldsema released by hand-off
 *   ... workers, assists and idle Ps mark; gcsema stays held ...
 *   gcMarkDone, by the last drainer
 *     MT-1  candidate, re-checked under markDoneSema
 *     MT-2  wave: every P flushes its barrier buffer and gives its work away
 *     MT-4  the stop; anything grey left (MT-3): restart and loop
 *     MT-5  MARKTERM: flips the world
 *     MT-6  caches flushed by a handshake; only then gcsema is released
 *
 * Why H1 and H2 cannot be one: a P that has acknowledged could allocate a black
 * object and publish it while another, without the barrier yet, stores its only
 * white pointer there (section MS tells the story; test T-start-merge).
 *
 * Differs from Go, which stops the world here and needs no PREP phases.
 */
#include "gc/barrier.h"
#include "gc/finalizer.h"
#include "gc/gcp.h"
#include "gc/shadow.h"
#include "gc/store.h"
#include "heap/stats.h"
#include "heap/sweep.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/sema.h"
#include "sched/stack.h"
#include "sync/hook.h"

uint32_t gc_phase, gc_alloc_black;
bool gc_blacken_enabled, gc_starting;
struct gc_cycle gc_cycle;
struct gc_totals gc_totals;
void (*gc_trace_hook)(const struct gc_cycle *c);
int32_t gc_debug_checkmark, gc_debug_stress;

static struct {
  uint32_t begun, done; /* atomic: cycles started and completed */
  bool enabled;         /* atomic */
  int64_t last_start;   /* atomic, relaxed: nanotime */
  struct g *waiters;    /* runtime.GC callers; guarded by lock */
  struct g *sweeper;    /* the background sweeper when parked; lock */
  mutex lock;
} cycle = {.lock = MUTEX_INIT(GC_WAITERS)};

/* ---- Handshakes --------------------------------------------------------- */

/* H1: this P has the barrier from now on.  There is nothing to do: the flag is
 * global, and the acknowledgement alone says that no store is under way that
 * was tested without it.  (Its queue may hold what it shaded before: MS-17.) */
static void h1_barrier_on(struct p *pp) {
  TERN_HOOK(h1_ack, pp);
  (void)pp;
}

/* H2: from now on this P hands out only black slots. */
static void h2_allocate_black(struct p *pp) {
  TERN_HOOK(h2_ack, pp);
  mcache_recolour(&pp->mcache);
}

static void flush_cache(struct p *pp) {
  uint32_t gen = load_rlx(&heap_sweepgen);
  if (pp->flush_gen == gen) return;
  mcache_flush(&pp->mcache);
  pp->mcache.refilled_bytes = 0;
  pp->mcache.black_bytes = 0;
  pp->flush_gen = gen;
}

static int32_t wave_flushed; /* atomic: somebody had work in this wave */

/* MT-2: what this P knows becomes common knowledge. */
static void wave_flush(struct p *pp) {
  TERN_HOOK(wave_ack, pp);
  wb_flush(pp);
  gcw_dispose(gcw_of(pp));
  gcw_report(gcw_of(pp));
  if (pp->gc->work.communicated) {
    pp->gc->work.communicated = false;
    add_seq(&wave_flushed, 1);
  }
}

/* ---- Start -------------------------------------------------------------- */

static bool trigger_holds(enum gc_trigger why, uint32_t want) {
  if (!load_acq(&cycle.enabled) || load_seq(&gc_phase) != GC_OFF) return false;
  switch (why) {
    case TRIGGER_HEAP: return pacer_should_start();
    case TRIGGER_TIME:
      return pacer_has_percent() &&
             os_nanotime() - load_rlx(&cycle.last_start) > 120ll * 1000000000;
    case TRIGGER_CYCLE: return (int32_t)(want - load_acq(&cycle.begun)) > 0;
  }
  return false;
}

static void yield_sweeping(void) { gosched(); }

/* MS-2d; no new G can appear unscanned afterwards without g_born.  Each G is a cache
 * miss: a hundred thousand are milliseconds. */
static void clear_scanned(void) {
  struct allgs gs = allgs_snapshot();
  for (int64_t i = 0; i < gs.len; i++) {
    store_rlx(&gs.ptr[i]->scanned, false);
    if (i % 256 == 255) tern_poll();
  }
}

struct start_args {
  enum gc_trigger why;
  uint32_t want;
};

static void start_with_stack(void *arg) {
  struct start_args *a = arg;
  while (trigger_holds(a->why, a->want) && sweepone() != UINTPTR_MAX) {
  }
  semacquire(&startSema); /* MS-1 */
  if (!trigger_holds(a->why, a->want)) {
    semrelease(&startSema, false);
    return;
  }
  store_rel(&gc_starting, true);
  semacquire_why(&gcsema, false, WAIT_GC_CYCLE);
  semacquire_why(&worldsema, false, WAIT_GC_CYCLE);
  sweep_finish(yield_sweeping); /* MS-2a */
  workers_ensure();
  clear_scanned();
  for (int32_t i = 0; i < gomaxprocs; i++) {
    CHECK(allp[i]->flush_gen == load_rlx(&heap_sweepgen)); /* MS-2b */
    /* The last termination left nothing that could mark a freed slot: MS-17. */
    CHECK(allp[i]->gc->wb_n == 0 && gcw_empty(gcw_of(allp[i])));
  }
  uint32_t n = add_seq(&cycle.begun, 1);
  gc_cycle = (struct gc_cycle){.n = n,
                               .forced = a->why == TRIGGER_CYCLE,
                               .start_ns = os_nanotime(),
                               .procs = gomaxprocs,
                               .heap_start = load_rlx(&gc_heap_live),
                               .heap_goal = pacer_goal()};
  store_rlx(&cycle.last_start, gc_cycle.start_ns);
  store_rel(&stack_defer_frees, true);

  TRACE(GC_BEGIN, n);
  store_seq(&gc_phase, GC_PREP1);
  store_seq(&tern_wb_on, true); /* H1's acknowledgements pair with it: FEP-9 */
  forEachP(h1_barrier_on);
  if (gc_shadow) shadow_begin();
  gc_cycle.h1_ns = os_nanotime() - gc_cycle.start_ns;

  TRACE(GC_H2, n);
  TERN_HOOK(h2_begin, getm());
  store_seq(&gc_phase, GC_PREP2);
  store_seq(&gc_alloc_black, 1);
  forEachP(h2_allocate_black);
  gc_cycle.h2_ns = os_nanotime() - gc_cycle.start_ns - gc_cycle.h1_ns;

  roots_prepare(); /* MS-5: the snapshot only now (L5) */
  pacer_start_cycle();
  TRACE(GC_MARK, n);
  workers_begin_cycle();
  sema_pass(&gcsema); /* to who ends the cycle: any time from here on */
  store_seq(&gc_phase, GC_MARK);
  store_rel(&gc_blacken_enabled, true);
  store_rel(&gc_starting, false);
  semrelease(&worldsema, true);
  semrelease(&startSema, false);
  wakep();
}

void gcStart(enum gc_trigger why, uint32_t want) {
  struct g *gp = getg();
  if (gp == &gp->m->g0 || tern_locks != 0) return; /* SEM-8 */
  if (!trigger_holds(why, want)) return;
  struct start_args a = {why, want};
  with_stack(6144, start_with_stack, &a);
}

void gc_trigger_heap(void) { gcStart(TRIGGER_HEAP, 0); }

/* ---- Termination -------------------------------------------------------- */

/* What the stop found, and the time it took. */
struct termination {
  bool again;
  int64_t began;
  struct g *assists; /* waited for credit; to be woken */
};

static void wake_waiters(void) {
  lock(&cycle.lock);
  struct g *gp = cycle.waiters, *sweeper = cycle.sweeper;
  cycle.waiters = 0;
  cycle.sweeper = 0;
  unlock(&cycle.lock);
  while (gp) {
    struct g *next = gp->sched_link;
    gp->sched_link = 0;
    goready(gp);
    gp = next;
  }
  if (sweeper) goready(sweeper);
}

/* MT-4: with the world stopped, is anything grey left? */
static bool grey_left(void) {
  bool left = gc_global_work();
  for (int32_t i = 0; i < gomaxprocs; i++) {
    wb_flush(allp[i]);
    if (!gcw_empty(gcw_of(allp[i]))) left = true;
  }
  return left;
}

/* MT-5.  World stopped; nothing here depends on the size of anything, so those who
 * wait for credit are only taken off their queue: it is what it returns. */
static struct g *flip(void) {
  TRACE(GC_TERM, gc_cycle.n);
  store_seq(&gc_blacken_enabled, false);
  TERN_HOOK(flip, getm());
  struct g *assists = assists_take_all(); /* after the flag: MT-7 */
  store_seq(&gc_phase, GC_MARKTERM);
  for (int32_t i = 0; i < gomaxprocs; i++) {
    gcw_report(gcw_of(allp[i]));
    gcw_dispose(gcw_of(allp[i]));
    allp[i]->gc->work.communicated = false;
  }
  if (gc_debug_checkmark) checkmark_run();
  if (gc_shadow) shadow_audit();
  for (int32_t i = 0; i < gomaxprocs; i++) wb_discard(allp[i]);
  store_seq(&tern_wb_on, false);
  store_seq(&gc_alloc_black, 0);
  for (int32_t i = 0; i < gomaxprocs; i++) { /* AB-5 */
    struct mcache *c = &allp[i]->mcache;
    add_rlx(&gc_bytes_marked, c->black_bytes);
    add_rlx(&gc_heap_live, c->refilled_bytes);
    c->black_bytes = c->refilled_bytes = 0;
  }
  gc_cycle.heap_end = load_rlx(&gc_heap_live);
  finalizer_mark_done();
  sweep_start();
  pacer_end_cycle();
  gc_cycle.heap_marked = pacer_marked();
  gc_cycle.stack_bytes = roots_stack_bytes();
  gc_cycle.global_bytes = roots_global_bytes();
  store_seq(&gc_phase, GC_OFF);
  return assists;
}

static void record_pause(int64_t ns) {
  struct gc_totals *t = &gc_totals;
  int64_t sec;
  int32_t nsec;
  os_walltime(&sec, &nsec);
  t->pause_ns[t->cycles % 256] = (uint64_t)ns;
  t->pause_end[t->cycles % 256] = (uint64_t)(sec * 1000000000 + nsec);
  t->last_gc_wall_ns = sec * 1000000000 + nsec;
  t->pause_total_ns += ns;
  store_rlx(&t->cycles, t->cycles + 1);
  if (gc_cycle.forced) t->forced++;
  t->cpu_ns += gc_cycle.assist_ns + gc_cycle.dedicated_ns +
               gc_cycle.fractional_ns + gc_cycle.idle_ns;
  t->next_gc = pacer_goal();
}

static void terminate_on_g0(void *arg) {
  struct termination *t = arg;
  t->began = stopTheWorldWithSema(STW_GC_MARK_TERM);
  gc_cycle.stops++;
  t->again = grey_left();
  if (!t->again) t->assists = flip();
  gc_cycle.stop_ns += startTheWorldWithSema() - t->began;
}

static void trim_on_g0(void *more) { *(bool *)more = stack_pool_trim(100); }

/* The cycle is over: caches, statistics, stacks that nobody has, waiters.  worldsema
 * and gcsema are held, and released. */
static void finish(void) {
  forEachP(flush_cache); /* MT-6 */
  sweep_flushed();
  record_pause(gc_cycle.stop_ns);
  TRACE(GC_END, gc_cycle.n);
  TRACE(HEAP_LIVE, (uint64_t)gc_cycle.heap_marked);
  TRACE(HEAP_GOAL, (uint64_t)pacer_goal());
  add_seq(&cycle.done, 1);
  if (gc_trace_hook) gc_trace_hook(&gc_cycle);
  semrelease(&worldsema, true); /* a stop need not wait for what follows */
  store_rel(&stack_defer_frees, false);
  for (bool more = true; more; tern_poll()) /* gcsema keeps OFF */
    systemstack(trim_on_g0, &more);
  sema_adopt(&gcsema);
  semrelease(&gcsema, true); /* SEM-2: only now */
  wake_waiters();
  scavenger_wake();
}

static void mark_done_with_stack(void *arg) {
  (void)arg;
  semacquire(&markDoneSema);
  while (mark_is_candidate()) { /* MT-1 */
    semacquire_why(&worldsema, false, WAIT_GC_CYCLE);
    store_seq(&wave_flushed, 0);
    gc_cycle.waves++;
    TERN_HOOK(mark_done, getm());
    forEachP(wave_flush);
    if (load_seq(&wave_flushed) != 0) {
      semrelease(&worldsema, true); /* SEM-6 */
      wakep(); /* for what the Ps gave away */
      continue;
    }
    gc_cycle.mark_ns = os_nanotime() - gc_cycle.start_ns - gc_cycle.h1_ns -
                       gc_cycle.h2_ns;
    TERN_HOOK(mark_done_wave, getm());
    struct termination t = {0};
    with_stack_released(WAIT_STOP_WORLD, terminate_on_g0, &t);
    if (t.again) {
      semrelease(&worldsema, true); /* SEM-6 */
      wakep();
      continue;
    }
    assists_wake(t.assists);
    finish();
    break;
  }
  semrelease(&markDoneSema, false);
}

void gcMarkDone(void) { with_stack(6144, mark_done_with_stack, 0); }

/* ---- Background sweep --------------------------------------------------- */

static bool park_sweeper(struct g *gp, void *arg) {
  (void)arg;
  cycle.sweeper = gp;
  unlock(&cycle.lock);
  return true;
}

static void bgsweep(void *arg) {
  (void)arg;
  for (;;) {
    /* SW-5: a safepoint on every iteration, also on empty ones. */
    for (int n = 0; sweepone() != UINTPTR_MAX; n++)
      if (n % 10 == 9) gosched();
    lock(&cycle.lock);
    if (!sweep_is_done()) { /* held open, or another sweeps the last span */
      unlock(&cycle.lock);
      gosched();
      continue;
    }
    struct g *gp = finalizer_waiter();
    if (gp) {
      unlock(&cycle.lock);
      goready(gp);
      continue;
    }
    gopark(park_sweeper, 0, WAIT_GC_SWEEP);
  }
}

/* ---- runtime.GC --------------------------------------------------------- */

static bool park_waiter(struct g *gp, void *want) {
  if ((int32_t)((uint32_t)(uintptr_t)want - load_acq(&cycle.done)) <= 0) {
    unlock(&cycle.lock);
    return false;
  }
  gp->sched_link = cycle.waiters;
  cycle.waiters = gp;
  unlock(&cycle.lock);
  return true;
}

static void wait_for_cycle(uint32_t n) {
  while ((int32_t)(n - load_acq(&cycle.done)) > 0) {
    lock(&cycle.lock);
    gopark(park_waiter, (void *)(uintptr_t)n, WAIT_GC_CYCLE);
  }
}

static void run_with_stack(void *arg) {
  (void)arg;
  /* A cycle that began before the call may have missed garbage made since. */
  uint32_t want = load_acq(&cycle.begun) + 1;
  wait_for_cycle(want - 1);
  while ((int32_t)(want - load_acq(&cycle.done)) > 0) {
    gcStart(TRIGGER_CYCLE, want);
    if (!load_acq(&cycle.enabled)) return;
    if ((int32_t)(want - load_acq(&cycle.begun)) <= 0)
      wait_for_cycle(want);
    else
      gosched(); /* the last cycle is in its last steps */
  }
  while (sweepone() != UINTPTR_MAX) gosched();
  /* Another sweeper may be inside its last span. */
  while (load_acq(&cycle.done) == want && !sweep_is_done()) gosched();
}

void gc_run(void) { with_stack(8192, run_with_stack, 0); }

/* ---- Boot --------------------------------------------------------------- */

static void p_init(struct p *pp) {
  pp->gc = persistentalloc(sizeof *pp->gc, 64, &sys_stats.gc);
  pp->gc->wb_max = gc_tiny_buffers ? 2 : WB_ENTRIES;
  pp->flush_gen = load_rlx(&heap_sweepgen);
}

static void p_destroy(struct p *pp) {
  wb_flush(pp); /* phase is OFF here: nothing is buffered */
  gcw_dispose(gcw_of(pp));
  mcache_flush(&pp->mcache);
}

/* The P just became ours: MT-6.  On the system stack, but for a return from a system
 * call to the same P; that was flushed before, since the stop takes Ps from calls. */
static void p_acquired(struct p *pp) { flush_cache(pp); }

/* SC-8: born after the snapshot means born scanned; its closure was shaded. */
static void g_born(struct g *gp) {
  store_rlx(&gp->scanned, load_seq(&gc_phase) == GC_MARK);
}

static struct g *forcer; /* parked; taken by sysmon */

static bool park_forcer(struct g *gp, void *arg) {
  (void)arg;
  store_rel(&forcer, gp);
  return true;
}

static void force_gc_helper(void *arg) {
  (void)arg;
  for (;;) {
    gopark(park_forcer, 0, WAIT_FORCE_GC);
    gcStart(TRIGGER_TIME, 0);
  }
}

static void force_gc(int64_t now) {
  if (!load_rlx(&cycle.enabled) || now - load_rlx(&cycle.last_start) < 120ll * 1000000000)
    return;
  struct g *gp = load_acq(&forcer);
  if (!gp || load_seq(&gc_phase) != GC_OFF) return;
  store_rlx(&forcer, (struct g *)0);
  injectg(gp);
}

void gc_hooks_init(void) {
  struct sched_hooks *h = &sched_hooks;
  h->find_gc_worker = find_gc_worker;
  h->gc_work_available = gc_work_available;
  h->p_init = p_init;
  h->p_destroy = p_destroy;
  h->p_acquired = p_acquired;
  h->g_exit = assist_exit;
  h->g_born = g_born;
  h->scan_self = roots_scan_self;
  h->shade = shade;
  h->force_gc = force_gc;
  finalizer_init();
}

void gc_enable(void) {
  pacer_init();
  newproc_system(bgsweep, 0, 16384, WAIT_GC_SWEEP);
  newproc_system(force_gc_helper, 0, 16384, WAIT_FORCE_GC);
  scavenger_start();
  store_rlx(&cycle.last_start, os_nanotime());
  store_rel(&cycle.enabled, true);
}

int32_t gc_set_percent(int32_t percent) {
  stopTheWorld(STW_SET_GC_PERCENT);
  int32_t old = pacer_set_percent(percent);
  startTheWorld();
  /* Off means that no cycle is left running. */
  if (percent < 0) wait_for_cycle(load_acq(&cycle.begun));
  gc_trigger_heap();
  return old;
}

int64_t gc_set_memory_limit(int64_t bytes) {
  stopTheWorld(STW_SET_MEMORY_LIMIT);
  int64_t old = pacer_set_memory_limit(bytes);
  startTheWorld();
  gc_trigger_heap();
  return old;
}
