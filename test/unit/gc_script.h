/* gc_script.h - a collection by script: the test itself decides when what is
 * marked, so that an interleaving that a fault needs is there in every run.
 *
 *     script_begin();          MARK is on, nothing is scanned, no worker moves
 *     ...                      the goroutine's stack is white
 *     script_mark(gp);         everything is marked but what only gp's stack knows
 *     ...                      everything else is black
 *     script_end();            the cycle ends as it always does, and is swept
 *
 * gp == NULL: its stacks, too.  The stack of a gp that is given counts as not
 * scanned afterwards; in truth it never will be, which differs from a late scan
 * only in what it still points to: tests that use it forget their pointers.
 */
#ifndef TERN_TEST_GC_SCRIPT_H
#define TERN_TEST_GC_SCRIPT_H

#include "gc_frame.h"
#include "heap/mcache.h"

static struct {
  struct g *(*find_gc_worker)(struct p *, bool);
  bool (*gc_work_available)(struct p *);
  struct g *white;
} script;

static struct g *script_no_worker(struct p *pp, bool idle) {
  (void)pp;
  (void)idle;
  return NULL;
}
static bool script_no_work(struct p *pp) {
  (void)pp;
  return false;
}

/* Starts a cycle that nobody marks.  GOGC=off. */
static TERN_UNUSED void script_begin(void) {
  script.find_gc_worker = sched_hooks.find_gc_worker;
  script.gc_work_available = sched_hooks.gc_work_available;
  sched_hooks.find_gc_worker = script_no_worker;
  sched_hooks.gc_work_available = script_no_work;
  add_seq(&gc_active, 1); /* one drainer more: the end is never near (MT-1) */
  getg()->assist_bytes = (int64_t)1 << 40;
  clean_stack();
  spawn(run_gc, NULL);
  AWAIT(load_seq(&gc_phase) == GC_MARK && load_acq(&gc_blacken_enabled));
}

static void script_drain(void *white) {
  struct p *pp = getp();
  bool was = false;
  if (white) {
    was = ((struct g *)white)->scanned;
    store_rlx(&((struct g *)white)->scanned, true);
  }
  do {
  } while (gc_drain_n(pp, INT64_MAX / 8) > 0 || roots_left() ||
           !gcw_empty(gcw_of(pp)) || gc_global_work());
  if (white) store_rlx(&((struct g *)white)->scanned, was);
}

/* Marks what can be reached, but not from white's stack. */
static TERN_UNUSED void script_mark(struct g *white) {
  lock_preemption();
  with_stack_released(WAIT_FOR_GC, script_drain, white);
  unlock_preemption();
}

/* Everything that is grey is drained and the cycle ends. */
static TERN_UNUSED void script_end(void) {
  clean_stack();
  sched_hooks.find_gc_worker = script.find_gc_worker;
  sched_hooks.gc_work_available = script.gc_work_available;
  if (sub_seq(&gc_active, 1) == 0 && mark_is_candidate()) gcMarkDone();
  wakep();
  semacquire(&done_sema);
  getg()->assist_bytes = 0;
}

static TERN_UNUSED __attribute__((noinline)) bool marked(uintptr_t hidden_ptr) {
  struct object o = object_of(hidden_ptr);
  return is_marked(&o);
}

#endif
