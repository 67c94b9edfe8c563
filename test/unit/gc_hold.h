/* gc_hold.h - a cycle in the hands of the test: it decides what is marked when, so
 * that the moment a fault needs comes in every run.
 *
 *     hold_cycle();            MARK is on, nothing is scanned, no worker moves
 *     ...                      all stacks are white
 *     mark_but(gp);            everything is marked but what only gp's stack knows
 *     ...                      everything else is black
 *     finish_cycle();          the cycle ends as it always does, and is swept
 *
 * mark_but(NULL) scans every stack.  The stack of a gp that is spared counts as
 * not scanned afterwards; in truth it never will be, which differs from a late
 * scan only in what it still points to, and tests forget those pointers.
 */
#ifndef TERN_TEST_GC_HOLD_H
#define TERN_TEST_GC_HOLD_H

#include "gc_frame.h"
#include "heap/mcache.h"

/* Starts a cycle that nobody marks.  Wants GOGC=off. */
static TERN_UNUSED void hold_cycle(void) {
  store_rel(&gc_no_workers, true);
  add_seq(&gc_active, 1); /* one drainer more: the end is never near (MT-1) */
  getg()->assist_bytes = (int64_t)1 << 40;
  clean_stack();
  spawn(run_gc, NULL);
  AWAIT(load_seq(&gc_phase) == GC_MARK && load_acq(&gc_blacken_enabled));
}

static void drain_all(void *spared) {
  struct p *pp = getp();
  struct g *gp = spared;
  bool was = gp && gp->scanned;
  if (gp) store_rlx(&gp->scanned, true);
  while (gc_drain_n(pp, INT64_MAX / 8) > 0 || roots_left() ||
         !gcw_empty(gcw_of(pp)) || gc_global_work()) {
    store_rlx(&pp->preempt, false); /* the end of the slice: not now */
    store_rlx(&getm()->curg->preempt, false);
  }
  if (gp) store_rlx(&gp->scanned, was);
}

static TERN_UNUSED void mark_but(struct g *spared) {
  lock_preemption();
  with_stack_released(WAIT_FOR_GC, drain_all, spared);
  unlock_preemption();
}

/* What is grey is drained, the cycle ends. */
static TERN_UNUSED void finish_cycle(void) {
  clean_stack();
  store_rel(&gc_no_workers, false);
  if (sub_seq(&gc_active, 1) == 0 && mark_is_candidate()) gcMarkDone();
  wakep();
  semacquire(&done_sema);
  getg()->assist_bytes = 0;
}

/* Of a hidden pointer. */
static TERN_UNUSED __attribute__((noinline)) bool marked(uintptr_t hidden_ptr) {
  struct object o = object_of(hidden_ptr);
  return is_marked(&o);
}

#endif
