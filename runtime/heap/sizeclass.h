/* sizeclass.h - the size classes of small objects.
 *
 * Sizes are Go's (sizeclasses.go), because cap() after append shows them.  The
 * number of pages of a class's span is our own choice: the fewest pages that
 * waste at most an eighth.
 */
#ifndef TERN_HEAP_SIZECLASS_H
#define TERN_HEAP_SIZECLASS_H

#include <stdbool.h>
#include <stdint.h>

#define PAGE_SHIFT 13
#define PAGE_SIZE ((uintptr_t)1 << PAGE_SHIFT)
#define NUM_CLASSES 68 /* class 0 is unused */
#define MAX_SMALL 32768
/* Larger pointerful objects carry their type beside them, not in the layout. */
#define MAX_PATTERN 512

extern const uint16_t class_size[NUM_CLASSES];
extern uint8_t class_pages[NUM_CLASSES];      /* set by sizeclass_init */

void sizeclass_init(void);
/* The smallest class that holds size; 0 < size <= MAX_SMALL. */
int size_to_class(int64_t size);
/* Bytes an allocation of `size` really has, as append counts them: for
 * pointerful memory over 512 bytes eight are kept back, as Go keeps a header
 * there. */
int64_t roundupsize(int64_t size, bool noscan);

#endif
