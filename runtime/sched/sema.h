/* sema.h - counting semaphores for goroutines, with direct hand-off.
 *
 * The address is the semaphore: a uint32_t count.  Sleepers queue by
 * address, in a hash table of lists.  gcsema, worldsema and
 * startSema are of this kind: no owner (SEM-3), first come first served on
 * hand-off (SEM-7).
 */
#ifndef TERN_SCHED_SEMA_H
#define TERN_SCHED_SEMA_H

#include "sched/g.h"

/* Takes one from *addr, parking while it is 0.  Goroutine context. */
void semacquire(uint32_t *addr);
/* The same with the reason shown in tracebacks; lifo queues at the front. */
void semacquire_why(uint32_t *addr, bool lifo, enum wait_reason why);
/* Adds one and wakes a waiter.  handoff: the longest waiter gets it for certain
 * (the count stays 0 meanwhile) and runs at once on this P. */
void semrelease(uint32_t *addr, bool handoff);

/* Which of the semaphores below a goroutine holds, the debug build knows (LK-4).
 * gcsema is taken by who starts a cycle and released by who ends it: the one says
 * that it leaves it to others, the other that it is now the holder. */
void sema_note_passed(uint32_t *addr);
void sema_note_adopted(uint32_t *addr);
static inline void sema_pass(uint32_t *addr) {
  if (TERN_DEBUG) sema_note_passed(addr);
}
static inline void sema_adopt(uint32_t *addr) {
  if (TERN_DEBUG) sema_note_adopted(addr);
}

extern uint32_t startSema, gcsema, worldsema, markDoneSema;

#endif
