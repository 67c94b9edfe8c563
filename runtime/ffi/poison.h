/* poison.h - GODEBUG=ffipoison=1: C that keeps what it was lent is found out. */
#ifndef TERN_FFI_POISON_H
#define TERN_FFI_POISON_H

#include <stdbool.h>
#include <stdint.h>

/* Whether the mode is on; constant after start. */
extern bool ffi_poison_on;
/* Reads GODEBUG.  More than once does nothing. */
void poison_init(void);

enum { MAX_LENT = 32 };

/* What one call lends to C, as copies. */
struct loan {
  int32_t n;
  struct lent {
    uintptr_t object, size; /* in the heap; a string: 0 */
    uint8_t *copy;
    uintptr_t mapped;       /* bytes, whole pages */
  } lent[MAX_LENT];
};

/* A pointer that C gets: to an object of the heap that nothing pins it lends a
 * copy, and copies of the objects that this one points to.  The result is what to pass
 * instead of p; p itself if it is no such pointer. */
uintptr_t poison_lend(struct loan *loan, uintptr_t p);
/* The n bytes of a string, and a NUL; NULL: no room for it. */
const char *poison_lend_string(struct loan *loan, const void *s, uintptr_t n);
/* The call is over: what C changed is copied back, and the copies are closed to
 * any further access.  A result that points into a copy is translated. */
void poison_take_back(struct loan *loan, uint64_t *result);

#endif
