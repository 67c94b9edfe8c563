/* schedtrace.h - GODEBUG=schedtrace=MS[,scheddetail=1]. */
#ifndef TERN_DEBUG_SCHEDTRACE_H
#define TERN_DEBUG_SCHEDTRACE_H

#include <stdbool.h>
#include <stdint.h>

/* Prints the scheduler's state every ms milliseconds; 0: not.  At boot. */
void schedtrace_init(int32_t ms, bool detail);
/* sysmon's call. */
void schedtrace_tick(int64_t now);

#endif
