/* pin.h - objects that stay alive although only C knows them: runtime.Pinner. */
#ifndef TERN_GC_PIN_H
#define TERN_GC_PIN_H

#include <stdbool.h>
#include <stdint.h>

/* Keeps the object around p alive until unpin_object; once for each call.  The
 * result is a heap pointer.  Goroutine context, a safepoint. */
struct pin *pin_object(void *p);
void unpin_object(struct pin *pin);
/* Whether any pin holds the object around p.  Slow; for debugging modes. */
bool is_pinned(uintptr_t p);

#endif
