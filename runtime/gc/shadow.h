/* shadow.h - the audit of all barriers, GODEBUG=gcshadow=1. */
#ifndef TERN_GC_SHADOW_H
#define TERN_GC_SHADOW_H

#include <stdbool.h>

extern bool gc_shadow; /* constant after init */

/* After H1, worldsema held, goroutine context: copies every slot (a stop). */
void shadow_begin(void);
/* World stopped, marking complete: throws if a slot was written past the
 * barrier. */
void shadow_audit(void);

#endif
