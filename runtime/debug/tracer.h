/* tracer.h - the execution trace of a program: on, off, and its bytes. */
#ifndef TERN_DEBUG_TRACER_H
#define TERN_DEBUG_TRACER_H

#include <stdbool.h>
#include <stdint.h>

#include "heap/type.h"

/* All in goroutine context, no locks. */

/* Begins a trace; false if there is one already, or no memory.  Waits for a running
 * collection and stops the world for a moment. */
bool tracer_start(void);
/* Ends it; false if none is on.  What was written is still to be read. */
bool tracer_stop(void);
/* The next bytes of the trace's file, in the heap; waits for them.  NULL at the end,
 * with which the trace is over.  One caller at a time, and somebody must call: a
 * trace that nobody reads grows. */
tern_slice tracer_read(void);

/* sysmon's call: wakes the reader when there is something to read. */
void tracer_tick(int64_t now);

#endif
