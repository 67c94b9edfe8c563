/* link_atomic.c - the C half of package sync/atomic.
 *
 * All are sequentially consistent.  The pointer ones shade what they write and
 * what they overwrite (WB-9) before they do it; the value that a swap returns
 * is one that it overwrote, and is shaded as well.
 */
#include "gc/barrier.h"
#include "heap/shadow.h"
#include "lang/link.h"
#include "sync/atomic.h"

#define ATOMIC_INTEGER(NAME, T)                                             \
  T atomic_Add##NAME(T *p, T d) TERN_SYMBOL("sync/atomic.Add" #NAME);       \
  T atomic_Add##NAME(T *p, T d) { return add_seq(p, d); }                   \
  T atomic_And##NAME(T *p, T m) TERN_SYMBOL("sync/atomic.And" #NAME);       \
  T atomic_And##NAME(T *p, T m) { return fetch_and_seq(p, m); }             \
  T atomic_Or##NAME(T *p, T m) TERN_SYMBOL("sync/atomic.Or" #NAME);         \
  T atomic_Or##NAME(T *p, T m) { return fetch_or_seq(p, m); }               \
  T atomic_Load##NAME(T *p) TERN_SYMBOL("sync/atomic.Load" #NAME);          \
  T atomic_Load##NAME(T *p) { return load_seq(p); }                         \
  void atomic_Store##NAME(T *p, T v) TERN_SYMBOL("sync/atomic.Store" #NAME); \
  void atomic_Store##NAME(T *p, T v) { store_seq(p, v); }                   \
  T atomic_Swap##NAME(T *p, T v) TERN_SYMBOL("sync/atomic.Swap" #NAME);     \
  T atomic_Swap##NAME(T *p, T v) { return xchg_seq(p, v); }                 \
  bool atomic_CompareAndSwap##NAME(T *p, T old, T new)                      \
      TERN_SYMBOL("sync/atomic.CompareAndSwap" #NAME);                      \
  bool atomic_CompareAndSwap##NAME(T *p, T old, T new) {                    \
    return cas_seq(p, old, new);                                            \
  }

/* Not in atomic.h, as the runtime itself has no use for it. */
#define fetch_and_seq(p, v) __atomic_fetch_and((p), (v), __ATOMIC_SEQ_CST)

ATOMIC_INTEGER(Int32, int32_t)
ATOMIC_INTEGER(Int64, int64_t)
ATOMIC_INTEGER(Uint32, uint32_t)
ATOMIC_INTEGER(Uint64, uint64_t)
ATOMIC_INTEGER(Uintptr, uintptr_t)

void *atomic_LoadPointer(void **p) TERN_SYMBOL("sync/atomic.LoadPointer");
void atomic_StorePointer(void **p, void *v)
    TERN_SYMBOL("sync/atomic.StorePointer");
void *atomic_SwapPointer(void **p, void *v)
    TERN_SYMBOL("sync/atomic.SwapPointer");
bool atomic_CompareAndSwapPointer(void **p, void *old, void *new)
    TERN_SYMBOL("sync/atomic.CompareAndSwapPointer");

/* Shades v, and what *p holds now. */
static inline void before_store(void **p, void *v) {
  if (TERN_UNLIKELY(load_rlx(&tern_wb_on))) {
    shade(v);
    shade(load_seq(p));
    if (load_rlx(&shadow_on)) shadow_store(p, (void *)SHADOW_ANY);
  }
}

void *atomic_LoadPointer(void **p) { return load_seq(p); }

void atomic_StorePointer(void **p, void *v) { atomic_SwapPointer(p, v); }

void *atomic_SwapPointer(void **p, void *v) {
  before_store(p, v);
  void *old = xchg_seq(p, v);
  /* Another store may have come between the look and the swap. */
  if (TERN_UNLIKELY(load_rlx(&tern_wb_on))) shade(old);
  return old;
}

bool atomic_CompareAndSwapPointer(void **p, void *old, void *new) {
  before_store(p, new);
  return cas_seq(p, old, new);
}
