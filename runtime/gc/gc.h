/* gc.h - the collector as the rooms above see it, and its shared state.
 *
 * A cycle (numbers as in the protocols, gc/README.md):
 *   OFF      sweeping, lazily, beside the program
 *   PREP1    H1: barrier on, everywhere            (a handshake, no stop)
 *   PREP2    H2: allocate black, everywhere        (a handshake, no stop)
 *   MARK     workers, assists and idle Ps mark; gcsema held, worldsema not
 *   MARKTERM the one stop: checks that nothing grey is left, flips the world
 */
#ifndef TERN_GC_GC_H
#define TERN_GC_GC_H

#include "sched/g.h"

enum gc_phase { GC_OFF, GC_PREP1, GC_PREP2, GC_MARK, GC_MARKTERM };
extern uint32_t gc_phase;             /* atomic; A4 */
extern bool gc_blacken_enabled;       /* atomic: marking may run */
extern bool gc_starting;              /* atomic: a cycle was decided, not begun */
extern uint32_t gc_alloc_black;       /* atomic: PREP2 until MARKTERM */

/* Before schedinit: installs the scheduler's hooks. */
void gc_hooks_init(void);
/* On the first goroutine: background goroutines.  Reads GOGC, GOMEMLIMIT. */
void gc_enable(void);

enum gc_trigger { TRIGGER_HEAP, TRIGGER_TIME, TRIGGER_CYCLE };
/* Starts a cycle if the trigger still holds (cycle: number of the cycle wanted).
 * Goroutine context, no locks. */
void gcStart(enum gc_trigger why, uint32_t cycle);
/* runtime.GC: a whole cycle including its sweep. */
void gc_run(void);
/* gcStart for runtime code on a small stack. */
void gc_trigger_heap(void);

/* debug.FreeOSMemory: a cycle, then all free pages go back. */
void gc_free_os_memory(void);

/* -1: off, and a running cycle is waited for.  Returns the old value.  Stops the
 * world for a moment, also in the middle of a mark phase (SEM-4).  Goroutine context. */
int32_t gc_set_percent(int32_t percent);
int64_t gc_set_memory_limit(int64_t bytes);

/* Called at the end of each cycle: guarded by gcsema. */
struct gc_cycle {
  uint32_t n;               /* cycles done */
  bool forced;
  int64_t start_ns;         /* nanotime at the start of PREP1 */
  int64_t h1_ns, h2_ns;     /* lengths of the handshakes */
  int64_t mark_ns;          /* MARK */
  int64_t stop_ns;          /* the stop: request to restart */
  int64_t assist_ns, dedicated_ns, fractional_ns, idle_ns; /* CPU */
  int64_t heap_start, heap_end, heap_marked, heap_goal;
  int64_t stack_bytes, global_bytes;
  int32_t procs;
  int32_t stops;            /* worlds stopped: 1 + restarts */
  int32_t waves;            /* ragged barriers of mark termination */
};
extern struct gc_cycle gc_cycle;      /* of the running or the last one */
extern void (*gc_trace_hook)(const struct gc_cycle *c);

struct gc_totals {
  uint32_t cycles, forced;
  int64_t pause_total_ns, last_gc_wall_ns, next_gc, cpu_ns;
  uint64_t pause_ns[256], pause_end[256]; /* rings, as in MemStats */
};
extern struct gc_totals gc_totals;    /* guarded by worldsema */
extern int64_t gc_heap_live;          /* atomic: bytes handed out, about */

/* GODEBUG switches. */
extern int32_t gc_debug_checkmark, gc_debug_stress;

/* A root range beside tern_data (tests). */
void gc_add_root(void *p, uintptr_t n);

#endif
