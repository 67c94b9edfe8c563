/* pages.h - the page allocator's inside, for the heap room alone.
 *
 * Free pages are kept as runs (spans in state FREE) in bins by length; a run is
 * coalesced with its neighbours when freed, found through the pagemap entries of
 * its first and last page.  Runs whose memory went back to the OS are kept apart
 * and merge only with their like, so that "released" is exact (tcmalloc's
 * scheme; Go's radix bitmap solves contention we do not have).
 */
#ifndef TERN_HEAP_PAGES_H
#define TERN_HEAP_PAGES_H

#include "heap/heap.h"

extern mutex heap_lock;

/* The range [heap_lo, heap_lo + bytes) is reserved. */
void pages_init(uintptr_t bytes);

#endif
