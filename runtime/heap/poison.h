/* poison.h - GODEBUG=clobberfree=1: free memory holds a pattern.
 *
 * What the sweep frees, what a P gives back of a run, pages and stack segments
 * that go free are filled; whoever hands them out again looks whether the
 * pattern is still there, and throws with the address if somebody wrote.  A read
 * of free memory yields a word that is no address.  (Go's switch of that name
 * only fills.)
 */
#ifndef TERN_HEAP_POISON_H
#define TERN_HEAP_POISON_H

#include <stdbool.h>
#include <stdint.h>

#define POISON_WORD 0xf4eef4eef4eef4eeu

extern bool heap_poison; /* constant after init */

/* Fills [p, p+n), whole words. */
void poison_fill(uintptr_t p, uintptr_t n);
/* Throws unless [p, p+n) is as poison_fill left it; what: what was free there. */
void poison_check(uintptr_t p, uintptr_t n, const char *what);
/* The same for pages, which may be zero as well (never used, or released). */
void poison_check_pages(uintptr_t p, uintptr_t n);

#endif
