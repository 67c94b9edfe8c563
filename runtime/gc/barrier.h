/* barrier.h - the write barrier, for runtime code in C.
 *
 * Hybrid barrier (Yuasa deletion + Dijkstra insertion): before a pointer slot in
 * the heap, in a global or in another stack is written, both its old and its
 * new value are shaded (WB-3, WB-4).  Emitted code uses tern_store_* and
 * tern_before_copy of gc/store.h.
 */
#ifndef TERN_GC_BARRIER_H
#define TERN_GC_BARRIER_H

#include "gc/store.h"
#include "sync/lockrank.h"

/* Shades one pointer if marking: for direct hand-offs into another goroutine's
 * stack (WB-12) and atomics (WB-9). */
void shade(void *p);
/* Shades every pointer of a value of type t at p (WB-12). */
void shade_value(const tern_type *t, const void *p);
/* Announces the locks that a store of a pointer may take while marking: a full buffer
 * is flushed, and what that marks may fill a work buffer (LK-6).  Those above do it
 * themselves; for who stores with a lock held. */
static inline void barrier_may_lock(void) {
  lock_may_acquire(RANK_WORKBUF);
  lock_may_acquire(RANK_PERSISTENT);
}
/* Before a value at src is copied into a fresh object at dst (WB-5). */
void tern_wb_init(const tern_type *t, const void *dst, const void *src);

#endif
