/* lockstack.h - call stacks for the debug build's check of the lock order. */
#ifndef TERN_DEBUG_LOCKSTACK_H
#define TERN_DEBUG_LOCKSTACK_H

/* From here on violations show whole stacks (sync/lockrank.h).  Once, at start. */
void lockstack_init(void);

#endif
