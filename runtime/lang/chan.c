/* chan.c - channels: make, send, receive, close.
 *
 * Called by emitted code and by select.c; calls the scheduler to park and ready.
 *
 * A send
 *   1. hands the element to a waiting receiver, straight into its variable; else
 *   2. puts it into the buffer if there is room; else
 *   3. queues itself with a pointer to the element and parks.  A receiver, or
 *      close, takes it out of the queue and makes it ready.
 * A receive mirrors this.  Whoever takes a waiter out of the queue does the whole
 * transfer and says so in sudog.success.
 *
 * Writing into another goroutine's stack (step 1) is a copy between two stacks of
 * which either may have been scanned, so the pointers are shaded always (WB-12).
 * The old contents are shaded only if the destination is not a stack: there it
 * may be garbage (WB-13).
 */
#include "lang/chan.h"

#include "gc/barrier.h"
#include "gc/malloc.h"

#define CHAN_WORDS 12
static const uint64_t chan_mask[1] = {1u << 4}; /* buf; sudogs are not heap */
static tern_type chan_type = {.size = sizeof(struct tern_chan),
                              .ptrdata = 5 * 8,
                              .ptrmask = chan_mask,
                              .kind = TERN_STRUCT,
                              .align = 8,
                              .name = TERN_STR_INIT("runtime.hchan")};
_Static_assert(offsetof(struct tern_chan, buf) == 4 * 8, "chan_mask");
_Static_assert(sizeof(struct tern_chan) == CHAN_WORDS * 8, "chan_type");

tern_chan *tern_makechan(const tern_type *ct, int64_t size) {
  const tern_type *elem = ct->elem;
  int64_t bytes;
  if (size < 0 || __builtin_mul_overflow(size, elem->size, &bytes) ||
      bytes > ((int64_t)1 << 48))
    panic_plain(TERN_STR("makechan: size out of range"));
  tern_chan *c = tern_new(&chan_type);
  lock_init(&c->lock, RANK_HCHAN);
  c->cap = size;
  c->elem = elem;
  if (bytes > 0) {
    void *buf = tern_new_array(elem, size);
    tern_store_ptr(&c->buf, buf);
  }
  return c;
}

int64_t tern_chanlen(tern_chan *c) {
  return c == NULL ? 0 : load_rlx(&c->count);
}
int64_t tern_chancap(tern_chan *c) { return c == NULL ? 0 : c->cap; }

void panic_send_closed(void) {
  panic_plain(TERN_STR("send on closed channel"));
}

/* ---- Moving elements ------------------------------------------------------------ */

static bool on_stack_of(struct g *gp, const void *p) {
  for (struct segment *s = gp->seg; s != NULL; s = s->prev)
    if ((uintptr_t)p - s->lo < s->hi - s->lo) return true;
  return false;
}

static inline void copy_words(const tern_type *t, void *dst, const void *src) {
  uint64_t *d = dst;
  const uint64_t *s = src;
  for (int64_t i = 0; i < t->size / 8; i++) store_rlx(&d[i], s[i]);
}

/* Copies an element into a variable of gp, on its stack or anywhere else. */
static void give(struct g *gp, const tern_type *t, void *dst, const void *src) {
  if (dst == NULL) return;
  if (t->ptrdata == 0) {
    copy_value(t, dst, src);
    return;
  }
  if (TERN_UNLIKELY(load_rlx(&tern_wb_on))) {
    if (on_stack_of(gp, dst))
      shade_value(t, src);
    else
      tern_wb_bulk(t, dst, src, 1);
  }
  copy_words(t, dst, src);
}

static void give_zero(struct g *gp, const tern_type *t, void *dst) {
  if (dst == NULL) return;
  if (t->ptrdata != 0 && TERN_UNLIKELY(load_rlx(&tern_wb_on)) &&
      !on_stack_of(gp, dst))
    tern_wb_bulk(t, dst, NULL, 1);
  char *d = dst;
  int64_t i = 0;
  for (; i + 8 <= t->size; i += 8) store_rlx((uint64_t *)(d + i), 0);
  for (; i < t->size; i++) d[i] = 0;
}

void chan_zero(tern_chan *c, void *elem) { give_zero(getg(), c->elem, elem); }

static inline char *slot_at(tern_chan *c, int64_t i) {
  return c->buf + i * c->elem->size;
}
static inline void advance(tern_chan *c, int64_t *i) {
  if (++*i == c->cap) *i = 0;
}

void chan_buf_put(tern_chan *c, const void *elem) {
  copy_value(c->elem, slot_at(c, c->send_at), elem);
  advance(c, &c->send_at);
  store_rlx(&c->count, c->count + 1);
}

void chan_buf_take(tern_chan *c, void *elem) {
  char *slot = slot_at(c, c->recv_at);
  give(getg(), c->elem, elem, slot);
  if (c->elem->ptrdata != 0) clear_value(c->elem, slot); /* let it be freed */
  advance(c, &c->recv_at);
  store_rlx(&c->count, c->count - 1);
}

void chan_send_to(tern_chan *c, struct sudog *receiver, const void *elem,
                  void (*unlockf)(void *), void *arg) {
  struct g *gp = receiver->g;
  give(gp, c->elem, receiver->elem, elem);
  /* The receiver's stack may be scanned just now. */
  store_rlx(&receiver->elem, NULL);
  receiver->success = true;
  store_rlx(&gp->param, receiver);
  unlockf(arg);
  goready(gp);
}

void chan_recv_from(tern_chan *c, struct sudog *sender, void *elem,
                    void (*unlockf)(void *), void *arg) {
  struct g *gp = sender->g;
  if (c->cap == 0) {
    give(getg(), c->elem, elem, sender->elem);
  } else { /* full: take the oldest, put the sender's at the end */
    chan_buf_take(c, elem);
    chan_buf_put(c, sender->elem);
  }
  store_rlx(&sender->elem, NULL);
  sender->success = true;
  store_rlx(&gp->param, sender);
  unlockf(arg);
  goready(gp);
}

/* ---- Waiting -------------------------------------------------------------------- */

static void unlock_chan(void *c) { unlock(&((tern_chan *)c)->lock); }

struct sudog *chan_waiter(tern_chan *c, void *elem) {
  struct sudog *s = acquire_sudog();
  s->g = getg();
  s->chan = c;
  s->elem = elem;
  s->is_select = false;
  s->success = false;
  s->next = s->prev = s->waitlink = NULL;
  return s;
}

void chan_waiter_done(struct sudog *s) {
  s->g = NULL;
  s->chan = NULL;
  s->elem = NULL;
  s->waitlink = NULL;
  release_sudog(s);
}

/* Queues the running goroutine on q and parks; returns success.  The lock is
 * held on entry and released. */
static bool wait_on(tern_chan *c, struct waitq *q, void *elem,
                    enum wait_reason why) {
  struct g *gp = getg();
  struct sudog *s = chan_waiter(c, elem);
  gp->waiting = s;
  gp->param = NULL;
  waitq_push(q, s);
  goparkunlock(&c->lock, why);
  if (gp->param != s) throw("chan: woken by %p, not by %p", gp->param, (void *)s);
  gp->waiting = NULL;
  gp->param = NULL;
  bool success = s->success;
  chan_waiter_done(s);
  return success;
}

static TERN_NORETURN void wait_for_ever(enum wait_reason why) {
  gopark(NULL, NULL, why);
  throw("a goroutine woke from an endless wait");
}

/* ---- Send ------------------------------------------------------------------------ */

static bool is_full(tern_chan *c) {
  if (c->cap == 0) return load_rlx(&c->recvq.first) == NULL;
  return load_rlx(&c->count) == c->cap;
}

static bool send(tern_chan *c, const void *elem, bool block) {
  /* Without lock: closed is read first.  If it is open and then seen full, it
   * was open and full at the moment of the second read. */
  if (!block && !load_acq(&c->closed) && is_full(c)) return false;
  lock(&c->lock);
  if (c->closed) {
    unlock(&c->lock);
    panic_send_closed();
  }
  struct sudog *receiver = waitq_pop(&c->recvq);
  if (receiver != NULL) {
    chan_send_to(c, receiver, elem, unlock_chan, c);
    return true;
  }
  if (c->count < c->cap) {
    chan_buf_put(c, elem);
    unlock_poll(&c->lock);
    return true;
  }
  if (!block) {
    unlock(&c->lock);
    return false;
  }
  if (!wait_on(c, &c->sendq, (void *)elem, WAIT_CHAN_SEND)) panic_send_closed();
  return true;
}

void tern_chansend(tern_chan *c, const void *elem) {
  if (c == NULL) wait_for_ever(WAIT_CHAN_SEND_NIL);
  send(c, elem, true);
}

bool chan_try_send(tern_chan *c, const void *elem) {
  return c != NULL && send(c, elem, false);
}

/* ---- Receive ----------------------------------------------------------------------- */

static bool is_empty(tern_chan *c) {
  if (c->cap == 0) return load_acq(&c->sendq.first) == NULL;
  return load_acq(&c->count) == 0;
}

/* Returns false only if !block and there is nothing; *ok as Go's v, ok = <-c. */
static bool recv(tern_chan *c, void *elem, bool block, bool *ok) {
  *ok = false;
  /* PRK-6: empty, then closed, then empty again.  A value may arrive between the
   * first test and the close; the second test sees it. */
  if (!block && is_empty(c)) {
    if (!load_acq(&c->closed)) return false;
    if (is_empty(c)) {
      chan_zero(c, elem);
      return true;
    }
  }
  lock(&c->lock);
  if (c->closed && c->count == 0) {
    unlock(&c->lock);
    chan_zero(c, elem);
    return true;
  }
  struct sudog *sender = c->closed ? NULL : waitq_pop(&c->sendq);
  if (sender != NULL) {
    chan_recv_from(c, sender, elem, unlock_chan, c);
    return *ok = true;
  }
  if (c->count > 0) {
    chan_buf_take(c, elem);
    unlock_poll(&c->lock);
    return *ok = true;
  }
  if (!block) {
    unlock(&c->lock);
    return false;
  }
  *ok = wait_on(c, &c->recvq, elem, WAIT_CHAN_RECEIVE);
  return true;
}

bool tern_chanrecv(tern_chan *c, void *elem) {
  if (c == NULL) wait_for_ever(WAIT_CHAN_RECEIVE_NIL);
  bool ok;
  recv(c, elem, true, &ok);
  return ok;
}

bool chan_try_recv(tern_chan *c, void *elem, bool *ok) {
  *ok = false;
  return c != NULL && recv(c, elem, false, ok);
}

/* ---- Close -------------------------------------------------------------------------- */

void tern_closechan(tern_chan *c) {
  if (c == NULL) panic_plain(TERN_STR("close of nil channel"));
  lock(&c->lock);
  if (c->closed) {
    unlock(&c->lock);
    panic_plain(TERN_STR("close of closed channel"));
  }
  store_rel(&c->closed, 1); /* pairs with the reads without lock */
  struct sudog *woken = NULL, *s;
  while ((s = waitq_pop(&c->recvq)) != NULL) {
    give_zero(s->g, c->elem, s->elem);
    s->next = woken;
    woken = s;
  }
  while ((s = waitq_pop(&c->sendq)) != NULL) {
    s->next = woken;
    woken = s;
  }
  for (s = woken; s != NULL; s = s->next) {
    store_rlx(&s->elem, NULL);
    s->success = false;
    store_rlx(&s->g->param, s);
  }
  unlock(&c->lock);
  while (woken != NULL) { /* ready only now: PRK-5 */
    s = woken;
    woken = s->next;
    s->next = NULL; /* from here it is its owner's again */
    goready(s->g);
    tern_poll(); /* there may be a hundred thousand: C-15 */
  }
}
