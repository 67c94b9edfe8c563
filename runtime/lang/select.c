/* select.c - waiting on several channels at once.
 *
 *   1. Shuffle the cases (poll order), sort them by channel address (lock
 *      order), lock all channels, each once.
 *   2. The first case in poll order that can go, goes.
 *   3. Else, with a default: unlock, done.
 *   4. Else queue a sudog on every channel and park; the locks are dropped after
 *      the goroutine is WAITING (PRK-1).
 *   5. A waker wins by CAS of g.select_done 0 -> 1 and unlinks its sudog only.
 *   6. Awake: lock all again, unlink the other sudogs, reset select_done.
 *
 * Differs from Go: a loser of the CAS in 5 leaves the waiter in the queue, so
 * that 6 can unlink without asking whether somebody did (PRK-4).
 */
#include "lang/chan.h"

#include "gc/malloc.h"

/* One running select; in the frame of the selecting goroutine. */
struct selection {
  tern_scase *cases;
  uint16_t *poll, *locks; /* case numbers, `n` of each; nil channels left out */
  int32_t n;
};

#define FEW 16

static void shuffle(struct selection *s, int64_t ncases) {
  s->n = 0;
  for (int64_t i = 0; i < ncases; i++) {
    if (s->cases[i].c == NULL) continue;
    uint32_t j = fastrandn((uint32_t)s->n + 1);
    s->poll[s->n] = s->poll[j];
    s->poll[j] = (uint16_t)i;
    s->locks[s->n++] = (uint16_t)i;
  }
}

static uintptr_t address(const struct selection *s, int32_t i) {
  return (uintptr_t)s->cases[s->locks[i]].c;
}

static void sift_down(struct selection *s, int32_t root, int32_t n) {
  for (;;) {
    int32_t child = 2 * root + 1;
    if (child >= n) return;
    if (child + 1 < n && address(s, child) < address(s, child + 1)) child++;
    if (address(s, child) <= address(s, root)) return;
    uint16_t t = s->locks[root];
    s->locks[root] = s->locks[child];
    s->locks[child] = t;
    root = child;
  }
}

/* Heap sort: no recursion, no memory, n log n for the program with 60,000 cases. */
static void sort_locks(struct selection *s) {
  for (int32_t i = s->n / 2 - 1; i >= 0; i--) sift_down(s, i, s->n);
  for (int32_t n = s->n - 1; n > 0; n--) {
    uint16_t t = s->locks[0];
    s->locks[0] = s->locks[n];
    s->locks[n] = t;
    sift_down(s, 0, n);
  }
}

static void lock_all(struct selection *s) {
  tern_chan *last = NULL;
  for (int32_t i = 0; i < s->n; i++) {
    tern_chan *c = s->cases[s->locks[i]].c;
    if (c != last) lock(&c->lock);
    last = c;
  }
}

static void unlock_all(void *arg) {
  struct selection *s = arg;
  for (int32_t i = s->n - 1; i >= 0; i--) {
    tern_chan *c = s->cases[s->locks[i]].c;
    if (i > 0 && c == s->cases[s->locks[i - 1]].c) continue;
    unlock(&c->lock);
  }
}

/* Drops the locks of a parked goroutine.  After the last unlock, and for a
 * channel's sudogs after its unlock, nothing of gp may be touched; so a channel
 * is unlocked only when its last sudog was passed. */
static bool unlock_parked(struct g *gp, void *arg) {
  (void)arg;
  tern_chan *last = NULL;
  for (struct sudog *sd = gp->waiting; sd != NULL; sd = sd->waitlink) {
    if (last != NULL && sd->chan != last) unlock(&last->lock);
    last = sd->chan;
  }
  if (last != NULL) unlock(&last->lock);
  return true;
}

/* ---- Steps ----------------------------------------------------------------------- */

/* Tries one case with all locks held; if it goes, releases them. */
static bool try_case(struct selection *s, tern_scase *k, bool *ok) {
  tern_chan *c = k->c;
  *ok = false;
  if (k->send) {
    if (c->closed) {
      unlock_all(s);
      panic_send_closed();
    }
    struct sudog *receiver = waitq_pop(&c->recvq);
    if (receiver != NULL) {
      chan_send_to(c, receiver, k->elem, unlock_all, s);
      return true;
    }
    if (c->count >= c->cap) return false;
    chan_buf_put(c, k->elem);
    unlock_all(s);
    return true;
  }
  struct sudog *sender = c->closed ? NULL : waitq_pop(&c->sendq);
  if (sender != NULL) {
    chan_recv_from(c, sender, k->elem, unlock_all, s);
    return *ok = true;
  }
  if (c->count > 0) {
    chan_buf_take(c, k->elem);
    unlock_all(s);
    return *ok = true;
  }
  if (!c->closed) return false;
  unlock_all(s);
  chan_zero(c, k->elem);
  return true;
}

static struct waitq *queue_of(tern_scase *k) {
  return k->send ? &k->c->sendq : &k->c->recvq;
}

/* Queues on every channel, in lock order. */
static void enqueue_all(struct selection *s) {
  struct g *gp = getg();
  struct sudog **link = &gp->waiting;
  for (int32_t i = 0; i < s->n; i++) {
    tern_scase *k = &s->cases[s->locks[i]];
    struct sudog *sd = chan_waiter(k->c, k->elem);
    sd->is_select = true;
    sd->case_index = s->locks[i];
    *link = sd;
    link = &sd->waitlink;
    waitq_push(queue_of(k), sd);
  }
  *link = NULL;
}

/* Unlinks what is still queued and gives the sudogs back; all locks held.
 * Returns the case that was won. */
static int32_t dequeue_all(struct selection *s, struct sudog *won, bool *ok) {
  struct g *gp = getg();
  int32_t index = -1;
  struct sudog *next;
  for (struct sudog *sd = gp->waiting; sd != NULL; sd = next) {
    next = sd->waitlink;
    if (sd == won) {
      index = sd->case_index;
      *ok = sd->success;
    } else {
      waitq_remove(queue_of(&s->cases[sd->case_index]), sd);
    }
    chan_waiter_done(sd);
  }
  gp->waiting = NULL;
  return index;
}

static tern_select_result select_locked(struct selection *s, bool has_default) {
  bool ok;
  lock_all(s);
  for (int32_t i = 0; i < s->n; i++)
    if (try_case(s, &s->cases[s->poll[i]], &ok))
      return (tern_select_result){s->poll[i], ok};
  if (has_default) {
    unlock_all(s);
    return (tern_select_result){-1, false};
  }
  struct g *gp = getg();
  enqueue_all(s);
  gp->param = NULL;
  gopark(unlock_parked, NULL, WAIT_SELECT);
  lock_all(s);
  struct sudog *won = gp->param;
  gp->param = NULL;
  ok = false;
  int32_t index = dequeue_all(s, won, &ok);
  store_rlx(&gp->select_done, 0); /* under all locks: no waker looks now */
  unlock_all(s);
  if (index < 0) throw("select: woken without a case");
  if (!s->cases[index].send) return (tern_select_result){index, ok};
  if (!ok) panic_send_closed();
  return (tern_select_result){index, false};
}

/* A select of one case is a plain operation. */
static tern_select_result select_one(tern_scase *k, bool has_default) {
  bool ok = false;
  if (!has_default) {
    if (k->send)
      tern_chansend(k->c, k->elem);
    else
      ok = tern_chanrecv(k->c, k->elem);
    return (tern_select_result){0, ok};
  }
  bool done = k->send ? chan_try_send(k->c, k->elem)
                      : chan_try_recv(k->c, k->elem, &ok);
  return (tern_select_result){done ? 0 : -1, ok};
}

/* The general case; apart so that its arrays are not in every select's frame. */
static __attribute__((noinline)) tern_select_result select_many(
    tern_scase *cases, int64_t n, bool has_default) {
  uint16_t few[2 * FEW];
  struct selection s = {cases, few, few + FEW, 0};
  if (n > FEW) {
    s.poll = mallocgc(n * 2 * (int64_t)sizeof *s.poll, NULL, false);
    s.locks = s.poll + n;
  }
  shuffle(&s, n);
  if (s.n == 0 && !has_default) {
    gopark(NULL, NULL, WAIT_SELECT_NO_CASES);
    throw("a goroutine woke from an endless select");
  }
  sort_locks(&s);
  return select_locked(&s, has_default);
}

tern_select_result tern_selectgo(tern_scase *cases, int64_t n,
                                 bool has_default) {
  if (n == 1) return select_one(&cases[0], has_default);
  return select_many(cases, n, has_default);
}
