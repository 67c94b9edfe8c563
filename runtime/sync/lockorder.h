/* lockorder.h - made by tools/lockrank from sync/lockrank.txt; not edited. */
#ifndef TERN_SYNC_LOCKORDER_H
#define TERN_SYNC_LOCKORDER_H

/* Name, the ranks that may be held when it is taken, by bits; whether several of
 * it may be held, taken in the order of their addresses. */
#define TERN_LOCK_RANKS(X) \
  X(STARTSEMA, 0x0000000000000000u, false) \
  X(MARKDONESEMA, 0x0000000000000000u, false) \
  X(GCSEMA, 0x0000000000000002u, false) \
  X(WORLDSEMA, 0x000000000000000eu, false) \
  X(SEMA, 0x0000000000000000u, false) \
  X(HCHAN, 0x0000000000000000u, true) \
  X(SEMA_TABLE, 0x0000000000000000u, false) \
  X(ASSIST_QUEUE, 0x0000000000000000u, false) \
  X(GC_WAITERS, 0x0000000000000000u, false) \
  X(SCAVENGER, 0x0000000000000000u, false) \
  X(TRACE_READER, 0x0000000000000000u, false) \
  X(TIMERS, 0x0000000000000000u, false) \
  X(SUDOG, 0x0000000000000040u, false) \
  X(SCHED, 0x0000000000000000u, false) \
  X(ALLG, 0x0000000000000000u, false) \
  X(STACK_POOL, 0x0000000000020000u, false) \
  X(CLAIM, 0x0000000000000000u, false) \
  X(GSCAN, 0x0000000800000fc0u, false) \
  X(LAYOUTS, 0x0000000000000000u, false) \
  X(CENTRAL, 0x0000000000004000u, false) \
  X(WORKBUF, 0x0000000240825240u, false) \
  X(WORKER_POOL, 0x0000000000000000u, false) \
  X(FINALIZERS, 0x0000000000000200u, false) \
  X(HEAP, 0x0000000000034000u, false) \
  X(PERSISTENT, 0x00000003d882d240u, false) \
  X(STATS, 0x0000000001034000u, false) \
  X(MAP_TABLE, 0x0000000000000000u, false) \
  X(ITAB, 0x0000000000000000u, false) \
  X(PRINT, 0x0000000000000000u, false) \
  X(PINS, 0x0000000000000000u, false) \
  X(SIGNATURES, 0x0000000000000000u, false) \
  X(LIBRARIES, 0x0000000000000000u, false) \
  X(CALLBACKS, 0x0000000000000000u, false) \
  X(LOANS, 0x0000000000000000u, false) \
  X(TRACE_SECTION, 0x0000000000000000u, false) \
  X(TRACE, 0x0000000800004fc0u, false)

enum lock_rank {
  RANK_NONE, /* a lock that nobody gave a rank */
#define TERN_RANK_ENUM(name, before, by_address) RANK_##name,
  TERN_LOCK_RANKS(TERN_RANK_ENUM)
#undef TERN_RANK_ENUM
  RANK_COUNT
};

#endif
