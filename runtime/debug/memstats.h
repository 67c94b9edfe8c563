/* memstats.h - runtime.MemStats: what the allocator and collector count. */
#ifndef TERN_DEBUG_MEMSTATS_H
#define TERN_DEBUG_MEMSTATS_H

#include <stdint.h>

/* Field by field Go's runtime.MemStats, so that the standard package's struct
 * can be filled in place.  Bytes unless it counts objects. */
struct mem_stats {
  uint64_t alloc, total_alloc, sys, lookups, mallocs, frees;
  uint64_t heap_alloc, heap_sys, heap_idle, heap_inuse, heap_released,
      heap_objects;
  uint64_t stack_inuse, stack_sys;
  uint64_t mspan_inuse, mspan_sys, mcache_inuse, mcache_sys, buckhash_sys;
  uint64_t gc_sys, other_sys;
  uint64_t next_gc, last_gc, pause_total_ns;
  uint64_t pause_ns[256], pause_end[256];
  uint32_t num_gc, num_forced_gc;
  double gc_cpu_fraction;
  uint8_t enable_gc, debug_gc;
  struct {
    uint32_t size; /* of the class; 0 is unused, the last are left out as in Go */
    uint64_t mallocs, frees;
  } by_size[61];
};

/* Stops the world for a moment; works in the middle of a mark phase (SEM-4).
 * Goroutine context. */
void read_memstats(struct mem_stats *out);
/* The same for who has stopped the world already.  System stack. */
void memstats_fill(struct mem_stats *out);

#endif
