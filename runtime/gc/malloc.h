/* malloc.h - allocation for runtime code in C.
 *
 * Emitted code uses tern_new and tern_new_array (heap/type.h), which are
 * implemented here too.
 */
#ifndef TERN_GC_MALLOC_H
#define TERN_GC_MALLOC_H

#include "heap/type.h"

/* size bytes; elem: the array's element type, NULL for pointer-free memory.
 * Zeroed if `zero` or if it holds pointers.  Goroutine context or a timer
 * callback; P held.  May be a safepoint.  Never NULL: ends the program when
 * there is no memory. */
void *mallocgc(int64_t size, const tern_type *elem, bool zero);

#endif
