/* stats.h - heap statistics that add up at every moment.
 *
 * consistentHeapStats (Go's mstats.go; CS-1 to CS-7): writers add to one of
 * three generations under a per-P sequence number, so that a reader, who moves
 * the generation on and waits for even sequence numbers, gets all of a
 * transaction or nothing of it.
 *
 *   writing  the generation `gen` names; writers add to it
 *   latest   gen - 1: complete, being merged by the reader
 *   clear    gen - 2: zero
 *
 * A writer without a P takes the leaf lock noPLock, which the reader holds only
 * while it exchanges gen.
 */
#ifndef TERN_HEAP_STATS_H
#define TERN_HEAP_STATS_H

#include <stdint.h>

#include "heap/sizeclass.h"

/* All are sums of changes.  Bytes, unless they say count. */
struct heap_stats {
  int64_t committed;      /* mapped and backed (not released) */
  int64_t released;
  int64_t in_heap;        /* spans of objects */
  int64_t in_stacks;
  int64_t in_manual;      /* other memory of the runtime from the heap */
  int64_t alloc_bytes, alloc_count;
  int64_t free_bytes, free_count;
  int64_t large_alloc_count;
  int64_t class_alloc[NUM_CLASSES], class_free[NUM_CLASSES]; /* counts, small ones */
};

/* Begins and ends one transaction; between the two no poll, no change of P, no
 * allocation, no nesting (CS-4). */
struct heap_stats *stats_acquire(void);
void stats_release(void);

/* Everything up to now.  World stopped or worldsema held (readers are
 * serialised); must not be preempted meanwhile.  In the debug build the same as
 * stats_check. */
void stats_read(struct heap_stats *out);
/* The same, and throws unless what the statistics say fits together and into what
 * the os room gave (the equations are in stats.c).  If memory is being mapped all
 * the time, so that no moment is found for the look, it does without and counts
 * one in stats_unchecked. */
void stats_check(struct heap_stats *out);
extern int64_t stats_checked, stats_unchecked; /* guarded as readers are */

/* Memory of the runtime outside the heap range, mapped, in bytes; atomic, relaxed.
 * With the heap range, os_thread_memory and trace_memory it is all there is. */
struct sys_stats {
  int64_t spans, bits, layouts, mcaches, gc, other;
  int64_t unused; /* mapped for persistentalloc, and not handed out */
};
extern struct sys_stats sys_stats;

/* Registers the per-P sequence numbers: called when a P is made. */
struct mcache;
void stats_add_p(struct mcache *c);

#endif
