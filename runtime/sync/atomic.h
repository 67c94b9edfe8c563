/* atomic.h - the one header for shared memory accesses, the order in the name.
 *
 * load/store/add... take a pointer to a plain integer or pointer of 1, 2, 4 or 8
 * bytes.  _rlx: relaxed; _acq: acquire; _rel: release; no suffix: sequentially
 * consistent.  Each non-relaxed use names its partner where it stands.
 * "Dekker" marks the pattern in which both sides store their own flag and then
 * read the other's: both need the sequentially consistent form.
 */
#ifndef TERN_SYNC_ATOMIC_H
#define TERN_SYNC_ATOMIC_H

#include <stdbool.h>
#include <stdint.h>

#define load_rlx(p) __atomic_load_n((p), __ATOMIC_RELAXED)
#define load_acq(p) __atomic_load_n((p), __ATOMIC_ACQUIRE)
#define load_seq(p) __atomic_load_n((p), __ATOMIC_SEQ_CST)
#define store_rlx(p, v) __atomic_store_n((p), (v), __ATOMIC_RELAXED)
#define store_rel(p, v) __atomic_store_n((p), (v), __ATOMIC_RELEASE)
#define store_seq(p, v) __atomic_store_n((p), (v), __ATOMIC_SEQ_CST)
#define xchg_seq(p, v) __atomic_exchange_n((p), (v), __ATOMIC_SEQ_CST)
/* These return the new value. */
#define add_seq(p, d) __atomic_add_fetch((p), (d), __ATOMIC_SEQ_CST)
#define add_rlx(p, d) __atomic_add_fetch((p), (d), __ATOMIC_RELAXED)
#define sub_seq(p, d) __atomic_sub_fetch((p), (d), __ATOMIC_SEQ_CST)
/* These return the old value. */
#define fetch_or_seq(p, v) __atomic_fetch_or((p), (v), __ATOMIC_SEQ_CST)
#define fetch_or_rlx(p, v) __atomic_fetch_or((p), (v), __ATOMIC_RELAXED)
#define fetch_and_rlx(p, v) __atomic_fetch_and((p), (v), __ATOMIC_RELAXED)
/* True if *p was `old` and is now `new`. */
#define cas_seq(p, old, new)                                            \
  __extension__({                                                       \
    __typeof__(*(p)) cas_old_ = (old);                                  \
    __atomic_compare_exchange_n((p), &cas_old_, (new), false,           \
                                __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);    \
  })
#define cas_acq(p, old, new)                                            \
  __extension__({                                                       \
    __typeof__(*(p)) cas_old_ = (old);                                  \
    __atomic_compare_exchange_n((p), &cas_old_, (new), false,           \
                                __ATOMIC_ACQUIRE, __ATOMIC_RELAXED);    \
  })
#define cas_rel(p, old, new)                                            \
  __extension__({                                                       \
    __typeof__(*(p)) cas_old_ = (old);                                  \
    __atomic_compare_exchange_n((p), &cas_old_, (new), false,           \
                                __ATOMIC_RELEASE, __ATOMIC_RELAXED);    \
  })
#define fence_seq() __atomic_thread_fence(__ATOMIC_SEQ_CST)

/* Tells the core that this is a spin loop, n times. */
static inline void procyield(int n) {
  while (n-- > 0) __builtin_ia32_pause();
}

#endif
