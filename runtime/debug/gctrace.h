/* gctrace.h - a line for each cycle (GODEBUG=gctrace=1), in Go's format. */
#ifndef TERN_DEBUG_GCTRACE_H
#define TERN_DEBUG_GCTRACE_H

#include "gc/gc.h"

/* level 0: off; 1: Go's line; 2: and how long the handshakes took and how often
 * the world was stopped. */
void gctrace_init(int32_t level);

#endif
