/* roots.c - what marking starts from: globals, timers, finalizers, goroutine stacks.
 *
 * The jobs are numbered and handed out by one atomic counter: blocks of globals,
 * parts of the heap of timers, chunks of finalizers, then one job for each goroutine of
 * the snapshot taken after H2 (MS-5).  Globals and stacks are read conservatively.
 *
 * Stacks are taken in two phases (C-4).  The first claims what is at rest; who
 * runs is asked to scan its own stack at its next poll and put on a list.  The
 * second goes through that list when there is nothing else to do: most have
 * scanned themselves by then, for the others it waits.
 */
#include "gc/finalizer.h"
#include "gc/gcp.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"
#include "sched/sudog.h"
#include "sched/timer.h"

/* The linker gathers all TERN_GLOBAL variables between these two. */
extern char __start_tern_data[] __attribute__((weak));
extern char __stop_tern_data[] __attribute__((weak));

#define BLOCK ((uintptr_t)256 << 10)
#define MAX_RANGES 16
#define TIMERS 1024 /* in one job */

static struct {
  struct { uintptr_t lo, hi; } range[MAX_RANGES]; /* constant while marking */
  int32_t nranges;
  int64_t nblocks;        /* constant while marking */
  int64_t ntimers;        /* jobs; constant while marking */
  int64_t nfinalizers;    /* the same */
  struct allgs gs;        /* constant while marking */
  int64_t njobs;          /* atomic too; constant while marking */
  int64_t next;           /* atomic */
  struct g *running;      /* atomic list: asked in the first phase; a G comes here
                             once a cycle, so that taking the head by CAS is safe */
  int64_t stack_bytes;    /* atomic: scanned in this cycle */
} roots;

static char in_data TERN_GLOBAL TERN_UNUSED; /* the section always exists */

void gc_add_root(void *p, uintptr_t n) {
  CHECK(roots.nranges < MAX_RANGES);
  roots.range[roots.nranges].lo = (uintptr_t)p;
  roots.range[roots.nranges++].hi = (uintptr_t)p + n;
}

int64_t roots_global_bytes(void) {
  int64_t n = 0;
  for (int32_t i = 0; i < roots.nranges; i++)
    n += (int64_t)(roots.range[i].hi - roots.range[i].lo);
  return n;
}

int64_t roots_stack_bytes(void) { return load_rlx(&roots.stack_bytes); }

void roots_prepare(void) {
  static bool registered;
  if (!registered) {
    registered = true;
    gc_add_root(__start_tern_data,
                (uintptr_t)(__stop_tern_data - __start_tern_data));
  }
  roots.nblocks = 0;
  for (int32_t i = 0; i < roots.nranges; i++)
    roots.nblocks +=
        (int64_t)((roots.range[i].hi - roots.range[i].lo + BLOCK - 1) / BLOCK);
  roots.ntimers = (timers_armed() + TIMERS - 1) / TIMERS;
  roots.nfinalizers = finalizer_jobs();
  roots.gs = allgs_snapshot();
  store_rlx(&roots.njobs,
            roots.nblocks + roots.ntimers + roots.nfinalizers + roots.gs.len);
  roots.stack_bytes = 0;
  CHECK(!load_rlx(&roots.running));
  store_rel(&roots.next, 0);
}

/* A hint for those without a P, who may be late by a cycle. */
bool roots_left(void) {
  return load_rlx(&roots.next) < load_rlx(&roots.njobs) ||
         load_rlx(&roots.running);
}

static void scan_block(int64_t i, struct gcwork *w) {
  for (int32_t r = 0; r < roots.nranges; r++) {
    uintptr_t lo = roots.range[r].lo, hi = roots.range[r].hi;
    int64_t n = (int64_t)((hi - lo + BLOCK - 1) / BLOCK);
    if (i >= n) {
      i -= n;
      continue;
    }
    lo += (uintptr_t)i * BLOCK;
    if (hi - lo > BLOCK) hi = lo + BLOCK;
    scan_conservative(lo, hi, w);
    w->scan_work += (int64_t)(hi - lo);
    return;
  }
}

static void visit_timer(struct timer *t, void *w) {
  grey_root((uintptr_t)t, w);
  grey_root((uintptr_t)t->arg, w);
}

static void scan_timers(int64_t i, struct gcwork *w) {
  timers_visit(i * TIMERS, (i + 1) * TIMERS, visit_timer, w);
}

/* SC-1: the live part of every segment, oldest last; and what the runtime keeps
 * for the goroutine outside its stack.  gp is claimed. */
static void scan_stack(struct g *gp, struct gcwork *w) {
  bool in_syscall = G_STATE(readgstatus(gp)) == _Gsyscall;
  uintptr_t sp = in_syscall ? gp->syscall_sp : gp->sched_sp;
  if (in_syscall)
    scan_conservative((uintptr_t)gp->syscall_regs,
                      (uintptr_t)(gp->syscall_regs + 6), w);
  int64_t bytes = 0;
  for (struct segment *s = gp->seg; s; s = s->prev) {
    if (sp < s->lo || sp > s->hi)
      throw("goroutine %ld: sp %p outside its segment [%p, %p)",
            (long)gp->goid, (void *)sp, (void *)s->lo, (void *)s->hi);
    scan_conservative(sp, s->hi, w);
    bytes += (int64_t)(s->hi - sp);
    sp = s->crossing_sp;
  }
  grey_root((uintptr_t)gp->start_fn, w);
  grey_root((uintptr_t)load_rlx(&gp->param), w);
  for (struct sudog *s = gp->waiting; s; s = s->waitlink) {
    grey_root((uintptr_t)load_rlx(&s->elem), w);
    grey_root((uintptr_t)s->chan, w);
  }
  w->scan_work += bytes;
  add_rlx(&roots.stack_bytes, bytes);
}

/* gp is claimed, or scans itself: whoever sets the flag does the work.  Another
 * claimer, a profiler, may be reading the stack too. */
static void scan_once(struct g *gp, struct gcwork *w) {
  if (xchg_seq(&gp->scanned, true)) return; /* born black, or done: SC-8 */
  scan_stack(gp, w);
  stack_trim(gp); /* spares, which no reader of the live part looks at */
}

static void scan_claimed(struct suspend_state st, struct gcwork *w) {
  if (st.dead) {
    store_rlx(&st.g->scanned, true); /* SUS-6 */
    return;
  }
  scan_once(st.g, w);
  resumeG(st);
}

static void push_running(struct g *gp) {
  struct g *head;
  do {
    head = load_rlx(&roots.running);
    gp->scan_next = head;
  } while (!cas_rel(&roots.running, head, gp));
}

/* First phase. */
static void stack_job(struct g *gp, struct gcwork *w) {
  struct suspend_state st;
  while (!load_rlx(&gp->scanned)) {
    if (try_suspendG(gp, &st)) {
      scan_claimed(st, w);
    } else if (g_ask_scan(gp)) {
      push_running(gp);
      return;
    }
  }
}

bool root_collect(struct p *pp) {
  struct g *gp;
  do {
    gp = load_acq(&roots.running); /* pairs with push_running */
    if (!gp) return false;
  } while (!cas_seq(&roots.running, gp, gp->scan_next));
  if (!load_acq(&gp->scanned)) scan_claimed(suspendG(gp), gcw_of(pp));
  return true;
}

void roots_scan_self(struct g *gp) {
  if (load_seq(&gc_phase) != GC_MARK || load_rlx(&gp->scanned)) return;
  struct gcwork *w = gcw_of(getp());
  scan_once(gp, w);
  gcw_dispose(w); /* its P may have other things to do for long */
}

bool root_next(struct p *pp) {
  int64_t i = add_seq(&roots.next, 1) - 1;
  if (i >= roots.njobs) return false;
  struct gcwork *w = gcw_of(pp);
  if (i < roots.nblocks)
    scan_block(i, w);
  else if ((i -= roots.nblocks) < roots.ntimers)
    scan_timers(i, w);
  else if ((i -= roots.ntimers) < roots.nfinalizers)
    finalizer_scan(i, w);
  else
    stack_job(roots.gs.ptr[i - roots.nfinalizers], w);
  return true;
}
