/* chan.h - the inside of channels, for chan.c and select.c.
 *
 * Invariants, all under the channel's lock
 *  CHAN-1  at most one of recvq and sendq is not empty, except for an unbuffered
 *          channel on which one goroutine both sends and receives in a select
 *  CHAN-2  buffered: count > 0 implies no receiver waits; count < cap implies no
 *          sender waits
 *  CHAN-3  a closed channel has no waiters but losers of a select that have not
 *          unlinked themselves yet
 *  CHAN-4  a buffer slot that holds no element is zero
 *
 * Locks: the channel's lock (HCHAN); select takes several in the order of
 * addresses.  Nobody is made ready while it is held (PRK-5).
 */
#ifndef TERN_LANG_CHAN_H
#define TERN_LANG_CHAN_H

#include "lang/lang.h"
#include "sched/sched.h"
#include "sched/sudog.h"

/* Goroutines waiting in order of arrival.  first is also read without lock. */
struct waitq {
  struct sudog *first, *last;
};

struct tern_chan {
  mutex lock;

  /* guarded by lock; count and closed also read without it (PRK-6) */
  int64_t count;
  int64_t cap;           /* constant after init */
  const tern_type *elem; /* constant after init */
  char *buf;             /* constant after init; cap elements */
  int64_t send_at, recv_at;
  struct waitq recvq, sendq;
  uint32_t closed;
};

static inline void waitq_push(struct waitq *q, struct sudog *s) {
  s->next = NULL;
  s->prev = q->last;
  if (q->last != NULL)
    q->last->next = s;
  else
    store_rlx(&q->first, s);
  q->last = s;
}

static inline void waitq_remove(struct waitq *q, struct sudog *s) {
  if (s->prev != NULL)
    s->prev->next = s->next;
  else
    store_rlx(&q->first, s->next);
  if (s->next != NULL)
    s->next->prev = s->prev;
  else
    q->last = s->prev;
  s->next = s->prev = NULL;
}

/* Takes out the first waiter that may be woken.  One that waits in a select and
 * was already won by another channel stays: its owner unlinks it (PRK-4). */
static inline struct sudog *waitq_pop(struct waitq *q) {
  struct sudog *s = q->first;
  for (; s != NULL; s = s->next)
    if (!s->is_select || cas_seq(&s->g->select_done, 0, 1)) break;
  if (s != NULL) waitq_remove(q, s);
  return s;
}

/* A sudog of the running goroutine for one wait on c. */
struct sudog *chan_waiter(tern_chan *c, void *elem);
/* Gives it back after the wait. */
void chan_waiter_done(struct sudog *s);

/* The transfers.  The lock is held and there is something to do; they release
 * it by calling unlockf(arg), then make the other side ready. */
void chan_send_to(tern_chan *c, struct sudog *receiver, const void *elem,
                  void (*unlockf)(void *), void *arg);
void chan_recv_from(tern_chan *c, struct sudog *sender, void *elem,
                    void (*unlockf)(void *), void *arg);
/* Puts into and takes from the buffer; lock held, room or an element there. */
void chan_buf_put(tern_chan *c, const void *elem);
void chan_buf_take(tern_chan *c, void *elem);
/* *elem = 0 for a receive on a closed channel; elem may be NULL. */
void chan_zero(tern_chan *c, void *elem);

/* panic: send on closed channel */
TERN_NORETURN void panic_send_closed(void);

#endif
