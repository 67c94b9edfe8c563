/* store.h - pointer stores of emitted code: the barrier's flag test and the
 * store, with no safepoint between them (WB-1).
 */
#ifndef TERN_GC_STORE_H
#define TERN_GC_STORE_H

#include "heap/type.h"

/* ---- Write barrier ------------------------------------------------------ */

extern bool tern_wb_on; /* atomic, relaxed; see gc/barrier.h for the proof */
void tern_wb(void **slot, void *val);
void tern_wb_bulk(const tern_type *t, void *dst, const void *src, int64_t n);

/* *slot = val, for a pointer in the heap, in a global, or behind a pointer. */
static inline void tern_store_ptr(void *slot, const void *val) {
  TERN_SIM_POINT(&tern_wb_on, "barrier?");
  if (TERN_UNLIKELY(__atomic_load_n(&tern_wb_on, __ATOMIC_RELAXED)))
    tern_wb((void **)slot, (void *)val);
  TERN_SIM_POINT(slot, "store");
  __atomic_store_n((void **)slot, (void *)val, __ATOMIC_RELAXED);
}
static inline void tern_store_string(tern_string *slot, tern_string v) {
  slot->len = v.len;
  tern_store_ptr(&slot->ptr, v.ptr);
}
static inline void tern_store_slice(tern_slice *slot, tern_slice v) {
  slot->len = v.len;
  slot->cap = v.cap;
  tern_store_ptr(&slot->ptr, v.ptr);
}
static inline void tern_store_eface(tern_eface *slot, tern_eface v) {
  slot->type = v.type;
  tern_store_ptr(&slot->data, v.data);
}
static inline void tern_store_iface(tern_iface *slot, tern_iface v) {
  slot->tab = v.tab;
  tern_store_ptr(&slot->data, v.data);
}
/* Before a plain C assignment of a pointerful struct *dst = *src:
 *   tern_before_copy(&type, dst, src); TERN_ASSIGN(*dst, *src);  */
static inline void tern_before_copy(const tern_type *t, void *dst,
                                    const void *src) {
  TERN_SIM_POINT(&tern_wb_on, "barrier?");
  if (TERN_UNLIKELY(__atomic_load_n(&tern_wb_on, __ATOMIC_RELAXED)))
    tern_wb_bulk(t, dst, src, 1);
}
/* The assignment itself.  The marker reads the words meanwhile; the compiler
 * copies them by moves of eight bytes and more, which the thread sanitizer must
 * be told. */
#if TERN_TSAN
#define TERN_ASSIGN(dst, src) tern_assign(&(dst), &(src), sizeof(dst))
static inline void tern_assign(void *dst, const void *src, uint64_t n) {
  uint64_t *d = dst;
  const uint64_t *s = src;
  for (uint64_t i = 0; i < n / 8; i++)
    __atomic_store_n(&d[i], s[i], __ATOMIC_RELAXED);
}
#else
#define TERN_ASSIGN(dst, src) ((dst) = (src))
#endif

#endif
