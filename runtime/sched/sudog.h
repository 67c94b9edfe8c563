/* sudog.h - a goroutine in a wait queue.
 *
 * Many goroutines may wait on one object and one goroutine on many (select), so
 * the links live here.  Cached by P; not in the GC heap: elem is found through
 * g->waiting when the goroutine's stack is scanned (RT-2).
 */
#ifndef TERN_SCHED_SUDOG_H
#define TERN_SCHED_SUDOG_H

#include "sched/g.h"

struct sudog {
  struct g *g;
  struct sudog *next, *prev; /* in the object's queue; guarded by its lock */
  void *elem;                /* data to send or receive into; may be on a stack */
  void *chan;                /* the channel */
  struct sudog *waitlink;    /* g->waiting list; owned by the parked G */
  struct sudog *waittail;    /* semaphores: the last of the first one's waitlink list */
  uint32_t ticket;           /* semaphores: hand-off */
  bool is_select, success;
  uint32_t *sema_addr;       /* semaphores */
  int32_t case_index;        /* select */
};

struct sudog *acquire_sudog(void);
void release_sudog(struct sudog *s);
/* All that this P keeps; it is not running, or the caller's. */
void sudogs_give_back(struct p *pp);

#endif
