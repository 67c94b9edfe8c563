/* mcache.h - what each P holds for allocating: a cursor for each layout.
 *
 * A cursor is a run of free, zeroed slots inside a cached span (heap/type.h).
 * Handing out a slot is a bump, in emitted code; this room fills the cursor when
 * it is used up.  The rule "colour at hand-out, never at refill" (AB-2) becomes
 * here: a run is coloured when it is taken, and H2 gives every run back that was
 * taken before (mcache_recolour), so that no white slot is handed out after H2;
 * slots that were coloured but not handed out lose the mark when the cache is
 * flushed (mcache_flush), before their span can be swept.
 *
 * Owned by the P's M; others touch it only while the P is theirs.
 */
#ifndef TERN_HEAP_MCACHE_H
#define TERN_HEAP_MCACHE_H

#include "heap/heap.h"
#include "heap/stats.h"

struct mcache {
  struct tern_mcache head; /* first: emitted code reads head.cursor */
  bool alloc_black;        /* adopted at H2; colour of new runs */
  uint32_t stats_seq;      /* odd inside a stats transaction; CS-1, CS-5 */
  struct heap_stats stats[3]; /* by generation; the owner's, see stats.c */
  struct mcache *stats_next;  /* all that were ever made; append only */
  int64_t refilled_bytes;  /* handed to cursors since the collector looked */
  int64_t black_bytes;     /* of these, coloured (AB-5) */
};

/* Makes the cursor table of a P's cache. */
void mcache_init(struct mcache *c);
/* Fills the cursor of a layout with at least one slot; false: no memory.
 * P held, not preemptible. */
bool mcache_refill(struct mcache *c, uint32_t layout);
/* H2: gives unused runs back to their spans; later runs are black.  WORLD RUNS;
 * by the owner or on its behalf. */
void mcache_recolour(struct mcache *c);
/* Gives all spans back at the end of a cycle, unswept. */
void mcache_flush(struct mcache *c);
/* What the statistics count as allocated but no cursor of c has handed out yet.
 * World stopped. */
void mcache_unused(const struct mcache *c, int64_t *bytes, int64_t *count);
/* A span of its own for size > MAX_SMALL; zeroed and typed by the caller. */
struct span *large_alloc(struct mcache *c, int64_t size, bool noscan);

/* Makes c the thread's cache; NULL for a thread without P. */
void mcache_set(struct mcache *c);
/* The thread's cache; NULL for a thread without P. */
struct mcache *mcache_current(void);

#endif
