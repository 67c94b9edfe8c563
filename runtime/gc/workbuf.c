/* workbuf.c - queues of grey objects.
 *
 * Each P has two buffers of its own; full ones go to a global list, empty ones
 * come from one.  Global lists are under one leaf lock: a transfer moves 254
 * objects, so it is taken once for some ten microseconds of marking.
 */
#include "gc/gcp.h"
#include "sched/sched.h"

static struct {
  mutex lock;
  struct workbuf *full, *empty; /* guarded by lock */
  int32_t nfull;                /* atomic: for a look without the lock */
} bufs = {.lock = MUTEX_INIT(WORKBUF)};

static int64_t capacity(void) { return gc_tiny_buffers ? 4 : WORKBUF_ENTRIES; }

bool gc_global_work(void) { return load_seq(&bufs.nfull) != 0; }

static struct workbuf *take_empty(void) {
  lock_may_acquire(RANK_PERSISTENT);
  lock(&bufs.lock);
  struct workbuf *b = bufs.empty;
  if (b) bufs.empty = b->next;
  unlock(&bufs.lock);
  if (!b) b = persistentalloc(sizeof *b, 64, &sys_stats.gc);
  b->n = 0;
  return b;
}

static void give_empty(struct workbuf *b) {
  lock(&bufs.lock);
  b->next = bufs.empty;
  bufs.empty = b;
  unlock(&bufs.lock);
}

static struct workbuf *take_full(void) {
  if (!gc_global_work()) return 0;
  lock(&bufs.lock);
  struct workbuf *b = bufs.full;
  if (b) {
    bufs.full = b->next;
    sub_seq(&bufs.nfull, 1);
  }
  unlock(&bufs.lock);
  return b;
}

static void give_full(struct workbuf *b) {
  lock(&bufs.lock);
  b->next = bufs.full;
  bufs.full = b;
  add_seq(&bufs.nfull, 1);
  unlock(&bufs.lock);
}

static void swap(struct gcwork *w) {
  struct workbuf *b = w->w1;
  w->w1 = w->w2;
  w->w2 = b;
}

void gcw_put(struct gcwork *w, uintptr_t entry) {
  struct workbuf *b = w->w1;
  if (!b) {
    b = w->w1 = take_empty();
    w->w2 = take_empty();
  } else if (b->n >= capacity()) {
    swap(w);
    b = w->w1;
    if (b->n >= capacity()) {
      give_full(b);
      w->communicated = true;
      b = w->w1 = take_empty(); /* no wake-up here: SUS-2 */
    }
  }
  b->obj[b->n++] = entry;
}

uintptr_t gcw_get(struct gcwork *w) {
  struct workbuf *b = w->w1;
  if (!b) {
    if (!gc_global_work()) return 0;
    b = w->w1 = take_empty();
    w->w2 = take_empty();
  }
  if (b->n == 0) {
    swap(w);
    b = w->w1;
    if (b->n == 0) {
      struct workbuf *full = take_full();
      if (!full) return 0;
      give_empty(b);
      b = w->w1 = full;
      w->communicated = true;
    }
  }
  return b->obj[--b->n];
}

bool gcw_empty(struct gcwork *w) {
  return !w->w1 || (w->w1->n == 0 && w->w2->n == 0);
}

void gcw_balance(struct gcwork *w) {
  if (!w->w1 || gc_global_work()) return;
  if (w->w2->n > 0) {
    give_full(w->w2);
    w->w2 = take_empty();
  } else if (w->w1->n > 4) {
    struct workbuf *b = take_empty();
    int64_t half = w->w1->n / 2;
    w->w1->n -= half;
    for (int64_t i = 0; i < half; i++) b->obj[i] = w->w1->obj[w->w1->n + i];
    b->n = half;
    give_full(b);
  } else {
    return;
  }
  w->communicated = true;
  wakep();
}

void gcw_dispose(struct gcwork *w) {
  if (!w->w1) return;
  struct workbuf *b[2] = {w->w1, w->w2};
  w->w1 = w->w2 = 0;
  for (int i = 0; i < 2; i++) {
    if (b[i]->n > 0) {
      give_full(b[i]);
      w->communicated = true;
    } else {
      give_empty(b[i]);
    }
  }
}
