/* memstats.c - ReadMemStats, from the consistent heap statistics.
 *
 * Equations:
 *   heap_inuse + heap_idle == heap_sys;  stacks are counted apart
 *   sys is the sum of its parts, and what the process has from the system: the debug
 *   build holds that against the os room's own count on every read (heap/stats.c)
 *   total_alloc and mallocs count exactly what was handed out
 */
#include "debug/memstats.h"

#include <string.h>

#include "gc/gc.h"
#include "heap/stats.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"
#include "trace/trace.h"

static int64_t started_ns;

static void fill_by_size(struct mem_stats *m, const struct heap_stats *h) {
  uint32_t n = load_acq(&nlayouts);
  for (int c = 1; c < 61; c++) {
    m->by_size[c].size = class_size[c];
    m->by_size[c].mallocs = (uint64_t)h->class_alloc[c];
    m->by_size[c].frees = (uint64_t)h->class_free[c];
  }
  for (int32_t i = 0; i < gomaxprocs; i++)
    for (uint32_t l = LAYOUT_NOSCAN; l < n; l++) { /* taken, not handed out */
      const struct tern_cursor *cur = &allp[i]->mcache.head.cursor[l];
      if (cur->free != cur->end && layouts[l].cls < 61)
        m->by_size[layouts[l].cls].mallocs -= (cur->end - cur->free) / cur->size;
    }
}

__attribute__((constructor)) static void note_start(void) {
  started_ns = os_nanotime();
}

void memstats_fill(struct mem_stats *m) {
  struct heap_stats h;
  stats_read(&h);
  int64_t used = h.committed + h.released; /* heap_used may have grown since */
  /* The statistics count whole runs when a P takes them; a program wants what it
   * allocated, and totals that never go back when H2 returns a run. */
  for (int32_t i = 0; i < gomaxprocs; i++) {
    int64_t bytes, count;
    mcache_unused(&allp[i]->mcache, &bytes, &count);
    h.alloc_bytes -= bytes;
    h.alloc_count -= count;
  }
  struct sys_stats *s = &sys_stats;
  memset(m, 0, sizeof *m); /* what is not kept reads as nothing */
  m->total_alloc = (uint64_t)h.alloc_bytes;
  m->mallocs = (uint64_t)h.alloc_count;
  m->frees = (uint64_t)h.free_count;
  m->alloc = m->heap_alloc = (uint64_t)(h.alloc_bytes - h.free_bytes);
  m->heap_objects = m->mallocs - m->frees;
  fill_by_size(m, &h);
  m->heap_inuse = (uint64_t)h.in_heap;
  m->heap_sys = (uint64_t)(used - h.in_stacks);
  m->heap_idle = m->heap_sys - m->heap_inuse;
  m->heap_released = (uint64_t)h.released;
  m->stack_inuse = (uint64_t)h.in_stacks;
  m->stack_sys = (uint64_t)(h.in_stacks + load_rlx(&os_thread_memory));
  m->mspan_sys = m->mspan_inuse = (uint64_t)load_rlx(&s->spans);
  m->mcache_sys = m->mcache_inuse = (uint64_t)load_rlx(&s->mcaches);
  m->gc_sys = (uint64_t)(load_rlx(&s->bits) + load_rlx(&s->gc));
  m->other_sys = (uint64_t)(load_rlx(&s->other) + load_rlx(&s->unused) +
                           load_rlx(&s->layouts) + trace_memory());
  m->sys = m->heap_sys + m->stack_sys + m->mspan_sys + m->mcache_sys +
           m->gc_sys + m->other_sys;
  struct gc_totals *t = &gc_totals;
  m->next_gc = (uint64_t)t->next_gc;
  m->last_gc = (uint64_t)t->last_gc_wall_ns;
  m->pause_total_ns = (uint64_t)t->pause_total_ns;
  for (int i = 0; i < 256; i++) {
    m->pause_ns[i] = t->pause_ns[i];
    m->pause_end[i] = t->pause_end[i];
  }
  m->num_gc = t->cycles;
  m->num_forced_gc = t->forced;
  int64_t wall = os_nanotime() - started_ns;
  m->gc_cpu_fraction =
      wall > 0 ? (double)t->cpu_ns / ((double)wall * gomaxprocs) : 0;
  m->enable_gc = 1;
}

static void fill_on_g0(void *out) { memstats_fill(out); }

static void read_with_stack(void *out) {
  stopTheWorld(STW_READMEMSTATS);
  systemstack(fill_on_g0, out);
  startTheWorld();
}

void read_memstats(struct mem_stats *out) {
  with_stack(4096, read_with_stack, out);
}
