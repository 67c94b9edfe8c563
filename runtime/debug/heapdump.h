/* heapdump.h - runtime/debug.WriteHeapDump. */
#ifndef TERN_DEBUG_HEAPDUMP_H
#define TERN_DEBUG_HEAPDUMP_H

/* Writes all goroutines, globals and objects to a file, with the world stopped as
 * long as it takes; also in the middle of a mark phase.  The other end of fd must not
 * be in this process.  Goroutine context. */
void debug_heap_dump(int fd);

#endif
