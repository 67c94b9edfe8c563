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

/* In a simulation (runtime/os/sim) another thread may come before each access,
 * after its operands are known. */
#ifdef TERN_SIM
#include "os/sim/point.h"
#define TERN_POINT(p, op) SIM_POINT(p, op)
#else
#define TERN_POINT(p, op) ((void)0)
#endif

#define TERN_LOAD(p, order)               \
  __extension__({                         \
    TERN_POINT(p, "load");                \
    __atomic_load_n((p), __ATOMIC_##order); \
  })
#define TERN_ATOMIC(op, f, p, v, order)       \
  __extension__({                             \
    __typeof__(*(p)) atomic_v_ = (v);         \
    TERN_POINT(p, op);                        \
    f((p), atomic_v_, __ATOMIC_##order);      \
  })
#define TERN_CAS(p, old, new, success, failure)                           \
  __extension__({                                                         \
    __typeof__(*(p)) cas_old_ = (old), cas_new_ = (new);                  \
    TERN_POINT(p, "cas");                                                 \
    __atomic_compare_exchange_n((p), &cas_old_, cas_new_, false,          \
                                __ATOMIC_##success, __ATOMIC_##failure);  \
  })

#define load_rlx(p) TERN_LOAD(p, RELAXED)
#define load_acq(p) TERN_LOAD(p, ACQUIRE)
#define load_seq(p) TERN_LOAD(p, SEQ_CST)
#define store_rlx(p, v) TERN_ATOMIC("store", __atomic_store_n, p, v, RELAXED)
#define store_rel(p, v) TERN_ATOMIC("store", __atomic_store_n, p, v, RELEASE)
#define store_seq(p, v) TERN_ATOMIC("store", __atomic_store_n, p, v, SEQ_CST)
/* These return the old value. */
#define xchg_acq(p, v) TERN_ATOMIC("xchg", __atomic_exchange_n, p, v, ACQUIRE)
#define xchg_rel(p, v) TERN_ATOMIC("xchg", __atomic_exchange_n, p, v, RELEASE)
#define xchg_seq(p, v) TERN_ATOMIC("xchg", __atomic_exchange_n, p, v, SEQ_CST)
#define fetch_or_seq(p, v) TERN_ATOMIC("or", __atomic_fetch_or, p, v, SEQ_CST)
#define fetch_or_rlx(p, v) TERN_ATOMIC("or", __atomic_fetch_or, p, v, RELAXED)
#define fetch_and_rlx(p, v) TERN_ATOMIC("and", __atomic_fetch_and, p, v, RELAXED)
/* These return the new value. */
#define add_seq(p, d) TERN_ATOMIC("add", __atomic_add_fetch, p, d, SEQ_CST)
#define add_rlx(p, d) TERN_ATOMIC("add", __atomic_add_fetch, p, d, RELAXED)
#define sub_seq(p, d) TERN_ATOMIC("sub", __atomic_sub_fetch, p, d, SEQ_CST)
/* True if *p was `old` and is now `new`. */
#define cas_seq(p, old, new) TERN_CAS(p, old, new, SEQ_CST, SEQ_CST)
#define cas_acq(p, old, new) TERN_CAS(p, old, new, ACQUIRE, RELAXED)
#define cas_rel(p, old, new) TERN_CAS(p, old, new, RELEASE, RELAXED)
#define fence_seq() __atomic_thread_fence(__ATOMIC_SEQ_CST)

/* Tells the core that this is a spin loop, n times. */
static inline void procyield(int n) {
#ifdef TERN_SIM
  sim_spin(__func__, __LINE__);
#endif
  while (n-- > 0) __builtin_ia32_pause();
}

#endif
