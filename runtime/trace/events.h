/* events.h - the events of an execution trace and the form of a trace file.
 *
 * A file is the eight bytes TRACE_MAGIC, then blocks in any order, each begun by
 * one byte, then TRACE_BLOCK_END.  All numbers are unsigned LEB128 (seven bits a
 * byte, the lowest first), a string is its length and its bytes.
 *
 *   'E'  thread, generation, time, length, events   one thread's events in order
 *   'N'  address, string                            a function's name
 *   'T'  table, index, string                       what a reason means
 *   'L'  count                                      events lost: no memory
 *   'Z'                                             the trace is whole
 *
 * An event is one byte (enum trace_event), the nanoseconds since the one before
 * it in its block (since the block's time for the first), its arguments, and for
 * the kinds marked STRING a string.  What belongs to a goroutine or a P and has no
 * such argument belongs to what runs on that thread.
 */
#ifndef TERN_TRACE_EVENTS_H
#define TERN_TRACE_EVENTS_H

#define TRACE_MAGIC "terntrc1"
enum {
  TRACE_BLOCK_EVENTS = 'E', TRACE_BLOCK_NAME = 'N', TRACE_BLOCK_TEXT = 'T',
  TRACE_BLOCK_LOST = 'L', TRACE_BLOCK_END = 'Z'
};
/* Tables of TRACE_BLOCK_TEXT. */
enum { TRACE_TABLE_WAIT, TRACE_TABLE_STOP, TRACE_TABLES };

/* X(NAME, number of arguments, 1 if a string follows) */
#define TRACE_EVENTS(X)                                                       \
  X(PROCS, 1, 0)            /* number of Ps */                                \
  X(PROC_START, 1, 0)       /* P: taken by this thread */                     \
  X(PROC_STOP, 1, 0)        /* P: let go by this thread */                    \
  X(PROC_STEAL, 1, 0)       /* P: taken out of a system call */               \
  X(GO_STATUS, 3, 0)        /* G, status (trace_status), start function: of   \
                               those that were there when the trace began */  \
  X(GO_CREATE, 2, 0)        /* new G, start function; it is runnable */       \
  X(GO_START, 1, 0)         /* G: runs on this thread */                      \
  X(GO_END, 1, 0)           /* G: it ends */                                  \
  X(GO_YIELD, 1, 0)         /* G: gives its place away, stays runnable */     \
  X(GO_PREEMPT, 1, 0)       /* G: the same, because it was asked to */        \
  X(GO_BLOCK, 2, 0)         /* G, reason (table WAIT) */                      \
  X(GO_UNBLOCK, 1, 0)       /* G: runnable from now on */                     \
  X(GO_SYSCALL, 1, 0)       /* G: enters a system call */                     \
  X(GO_SYSCALL_END, 1, 0)   /* G: back, and runs */                           \
  X(GO_SYSCALL_WAIT, 1, 0)  /* G: back, runnable, no P for it */              \
  X(STOP_BEGIN, 1, 0)       /* reason (table STOP): the world is to stop */   \
  X(STOP_DONE, 0, 0)        /* it stands */                                   \
  X(STOP_END, 0, 0)         /* it goes on */                                  \
  X(HANDSHAKE_BEGIN, 0, 0)  /* forEachP */                                    \
  X(HANDSHAKE_END, 0, 0)                                                      \
  X(GC_BEGIN, 1, 0)         /* cycle: barriers go on (PREP1, handshake H1) */ \
  X(GC_H2, 1, 0)            /* cycle: allocation turns black (PREP2, H2) */   \
  X(GC_MARK, 1, 0)          /* cycle: marking begins */                       \
  X(GC_TERM, 1, 0)          /* cycle: nothing grey is left (MARKTERM) */      \
  X(GC_END, 1, 0)           /* cycle: done; sweeping goes on */               \
  X(SWEEP_END, 1, 0)        /* cycle: everything is swept */                  \
  X(ASSIST_BEGIN, 1, 0)     /* bytes of debt: this goroutine marks */         \
  X(ASSIST_END, 0, 0)                                                         \
  X(WORKER_BEGIN, 1, 0)     /* mode (1 dedicated, 2 fractional, 3 idle) */    \
  X(WORKER_END, 0, 0)                                                         \
  X(HEAP_LIVE, 1, 0)        /* bytes */                                       \
  X(HEAP_GOAL, 1, 0)        /* bytes */                                       \
  X(TASK_BEGIN, 2, 1)       /* task, parent task, name */                     \
  X(TASK_END, 1, 0)         /* task */                                        \
  X(REGION_BEGIN, 1, 1)     /* task, name */                                  \
  X(REGION_END, 1, 1)       /* task, name */                                  \
  X(LOG, 1, 1)              /* task, text */

enum trace_event {
  TRACE_NONE,
#define TRACE_EVENT_ENUM(name, args, string) TRACE_##name,
  TRACE_EVENTS(TRACE_EVENT_ENUM)
#undef TRACE_EVENT_ENUM
  TRACE_EVENT_COUNT
};

/* What GO_STATUS says of a goroutine. */
enum trace_status {
  TRACE_RUNNABLE = 1, TRACE_RUNNING, TRACE_WAITING, TRACE_SYSCALL
};

#define TRACE_MAX_ARGS 3
#define TRACE_MAX_P 1024
#define TRACE_MAX_STRING 1024 /* longer ones are cut */

#endif
