/* trace.h - the execution trace: what sched and gc tell, and where it is kept.
 *
 * A room near the bottom, so that every room above the locks can write.  It knows
 * threads only; who may start and stop a trace, and who reads it, is in
 * debug/tracer.c.  Off, an event costs one load and a branch never taken.
 */
#ifndef TERN_TRACE_TRACE_H
#define TERN_TRACE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sync/atomic.h"
#include "sync/lockrank.h"
#include "trace/events.h"

/* The generation that events go to; 0: tracing is off.  Atomic. */
extern uint32_t trace_gen;

static inline bool trace_enabled(void) {
  return __builtin_expect(load_rlx(&trace_gen) != 0, 0);
}

/* Writes an event with up to TRACE_MAX_ARGS arguments:
 *     TRACE(GO_BLOCK, goid, reason);
 * Any context but that of a signal handler; takes only the lock TRACE.  Written
 * before the state that it tells of changes (TR-2), so that whoever acts on the
 * new state has the later time. */
#define TRACE(event, ...)                                             \
  do {                                                                \
    lock_may_acquire(RANK_TRACE);                                     \
    if (trace_enabled())                                              \
      trace_write(TRACE_##event,                                      \
                  (const uint64_t[TRACE_MAX_ARGS]){__VA_ARGS__}, 0, 0); \
  } while (0)
void trace_write(enum trace_event e, const uint64_t args[TRACE_MAX_ARGS],
                 const char *text, size_t n);

/* Around a change of state by a thread without a P, which no stop holds back,
 * together with its event: whoever turns tracing on sees either the new state or
 * the event (TR-1).  Short, not nested; a few nanoseconds when off. */
void trace_section_begin(void);
void trace_section_end(void);

/* The calling thread ends; the next new one takes its place. */
void trace_thread_end(void);

/* ---- For debug/tracer.c ------------------------------------------------------ */

/* All of these: one caller at a time. */

/* Turns tracing on in a new generation; returns when no section that began before
 * is still under way.  False if there is no memory. */
bool trace_on(void);
/* Moves to the next generation: what was written before can be read now. */
void trace_advance(void);
/* Turns tracing off; everything written can be read now. */
void trace_off(void);

/* One thread's events of one generation. */
struct trace_buffer {
  struct trace_buffer *next;
  int32_t thread; /* a number of the trace's own */
  uint32_t gen;
  int64_t began;  /* nanoseconds, os_nanotime */
  int64_t last;   /* of the last event; the writer's own */
  size_t len;
  uint8_t data[];
};
#define TRACE_BUFFER_BYTES ((size_t)32 << 10)

/* The oldest buffer that is full or was given out by trace_advance, or NULL. */
struct trace_buffer *trace_take(void);
void trace_recycle(struct trace_buffer *b);
bool trace_readable(void);
/* Gives the memory of buffers back that nobody uses. */
void trace_free_all(void);
/* Events that found no memory since trace_on. */
int64_t trace_lost(void);
/* Bytes that the room holds; for MemStats. */
int64_t trace_memory(void);

/* Writes v at p as LEB128; returns the end. */
static inline uint8_t *trace_put(uint8_t *p, uint64_t v) {
  for (; v >= 0x80; v >>= 7) *p++ = (uint8_t)(v | 0x80);
  *p++ = (uint8_t)v;
  return p;
}

#endif
