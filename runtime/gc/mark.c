/* mark.c - the drain loop: taking grey objects, marking, scanning.
 *
 * A random object costs two cache misses, its mark word and itself.  The loop
 * hides them with a short ring: an entry that leaves the queue has both
 * prefetched and waits in the ring until some others came by.  (Measured on five
 * million linked 64-byte nodes: 165 ns a node without, 27 ns with 16 entries;
 * the idea is Cher, Hosking and Vitek, ISMM 2004, and OCaml 5.1's.)
 *
 * What is marked counts in bytes_marked, what is scanned in scan_work; both are
 * reported to the pacer now and then.
 */
#include "gc/gcp.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"
#include "sync/hook.h"

#define RING 16
/* Large objects are scanned in pieces, so that others can help (AS-8). */
#define PIECE ((uintptr_t)128 << 10)
/* Bytes scanned between two looks at preemption requests. */
#define CHECK_BYTES 16384
#define REPORT_BYTES (256 << 10)

/* ---- Scanning one object ------------------------------------------------ */

static inline void found(uintptr_t p, struct gcwork *w) {
  if (in_heap(p)) gcw_put(w, p & ~(uintptr_t)7);
}

static void scan_pattern(uintptr_t base, uint64_t mask, struct gcwork *w) {
  const uintptr_t *q = (const uintptr_t *)base;
  for (; mask; mask &= mask - 1) found(load_rlx(&q[__builtin_ctzl(mask)]), w);
}

/* The words lo..hi-1 of the value of type t at b. */
static inline void scan_words(uintptr_t b, int64_t lo, int64_t hi,
                              const tern_type *t, struct gcwork *w) {
  const uintptr_t *q = (const uintptr_t *)b;
  for (int64_t k = lo & ~(int64_t)63; k < hi; k += 64) {
    uint64_t m = t->ptrmask[k / 64];
    if (k < lo) m &= ~(uint64_t)0 << (lo - k);
    if (hi - k < 64) m &= ((uint64_t)1 << (hi - k)) - 1;
    for (; m; m &= m - 1) found(load_rlx(&q[k + __builtin_ctzl(m)]), w);
  }
}

/* n bytes from b, holding consecutive values of t, the first at b. */
static void scan_typed(uintptr_t b, uintptr_t n, const tern_type *t,
                       struct gcwork *w) {
  int64_t words = t->ptrdata / 8;
  if (words == 0 || t->size <= 0) return;
  for (uintptr_t end = b + n; b + (uintptr_t)t->ptrdata <= end;
       b += (uintptr_t)t->size)
    scan_words(b, 0, words, t, w);
}

/* A large object from `from` on: one piece; at the object's start the other
 * pieces are queued.  A piece may begin and end inside a value. */
static void scan_large(struct object *o, uintptr_t from, struct gcwork *w) {
  struct span *s = entry_span(pagemap[o->page]);
  const tern_type *t = load_acq(&s->large_type); /* pairs with malloc: AB-4 */
  if (!t) return;
  uintptr_t size = (uintptr_t)t->size, end = s->base + s->elemsize;
  int64_t words = t->ptrdata / 8;
  if (words == 0 || size == 0) return;
  if (from == s->base)
    for (uintptr_t p = from + PIECE; p < end; p += PIECE) gcw_put(w, p | 1);
  if (end - from > PIECE) end = from + PIECE;
  uintptr_t b = s->base + (from - s->base) / size * size;
  for (; b < end; b += size) {
    int64_t lo = b < from ? (int64_t)(from - b) / 8 : 0;
    int64_t hi = (int64_t)(end - b) / 8;
    scan_words(b, lo, hi < words ? hi : words, t, w);
  }
  w->scan_work += (int64_t)(end - from);
}

static void scan_object(struct object *o, uintptr_t from, struct gcwork *w) {
  TERN_HOOK(drain, (void *)o->base);
  struct layout *L = &layouts[o->layout];
  switch (L->kind) {
    case KIND_PATTERN:
      scan_pattern(o->base, L->mask, w);
      w->scan_work += L->size;
      break;
    case KIND_TYPED: {
      const tern_type *t = load_acq(typed_slot(o->page, o->index));
      if (t) scan_typed(o->base, L->size, t, w);
      w->scan_work += L->size;
      break;
    }
    case KIND_LARGE:
      if (o->layout == LAYOUT_LARGE) scan_large(o, from, w);
      break;
    default:
      break;
  }
}

/* Queued and not scanned here: it may be large, and the caller holds a lock. */
void grey_contents(uintptr_t p, struct gcwork *w) {
  struct object o;
  if (find_object(p, &o)) gcw_put(w, o.base | 1);
}

static inline void mark_and_scan(struct object *o, struct gcwork *w) {
  if (!set_marked(o)) return;
  w->bytes_marked += (int64_t)object_size(o);
  scan_object(o, o->base, w);
}

/* ---- The loop ----------------------------------------------------------- */

struct ring {
  struct object o[RING];
  uint32_t head, n;
};

static inline void ring_put(struct ring *r, const struct object *o) {
  __builtin_prefetch(mark_word(o), 1);
  if (layouts[o->layout].kind != KIND_NOSCAN)
    __builtin_prefetch((void *)o->base);
  r->o[(r->head + r->n++) % RING] = *o;
}

static inline struct object *ring_take(struct ring *r) {
  struct object *o = &r->o[r->head % RING];
  r->head++;
  r->n--;
  return o;
}

/* What is in the ring is in no queue; it goes back before the loop ends. */
static void ring_return(struct ring *r, struct gcwork *w) {
  while (r->n > 0) gcw_put(w, ring_take(r)->base);
}

/* Marks until the queues are empty or scan_work has grown by `budget`; true:
 * empty. */
static bool drain_some(struct gcwork *w, int64_t budget) {
  struct ring r = {.head = 0};
  int64_t until = w->scan_work + budget;
  int64_t marked_until = w->bytes_marked + budget * 4;
  for (;;) {
    while (r.n < RING) {
      uintptr_t e = gcw_get(w);
      if (e == 0) break;
      struct object o;
      if (e & 1) { /* a piece: it is marked, and work enough for one turn */
        if (find_object(e - 1, &o)) scan_object(&o, e - 1, w);
        break;
      }
      if (find_object(e, &o)) ring_put(&r, &o);
    }
    if (r.n > 0)
      mark_and_scan(ring_take(&r), w);
    else if (gcw_empty(w))
      return true;
    if (w->scan_work >= until || w->bytes_marked >= marked_until) {
      ring_return(&r, w);
      return gcw_empty(w) && !gc_global_work();
    }
  }
}

/* AS-5, C-12: a stop, a handshake or the end of the slice. */
bool should_yield(struct p *pp) {
  struct g *gp = getm()->curg;
  return load_rlx(&sched.gcwaiting) || load_rlx(&pp->run_safe_point) ||
         (gp && load_rlx(&gp->preempt)) || load_rlx(&pp->preempt);
}

void gcw_report(struct gcwork *w) {
  if (w->scan_work) add_rlx(&gc_scan_work, w->scan_work);
  w->scan_work = 0;
  if (w->bytes_marked) add_rlx(&gc_bytes_marked, w->bytes_marked);
  w->bytes_marked = 0;
}

static void report(struct p *pp, int flags) {
  struct gcwork *w = gcw_of(pp);
  int64_t done = w->scan_work;
  gcw_report(w);
  if ((flags & DRAIN_FLUSH_CREDIT) && done > 0) assist_credit(done);
}

static bool quota_reached(struct p *pp) {
  int64_t now = os_nanotime();
  int64_t since = now - gc_cycle.start_ns - gc_cycle.h1_ns - gc_cycle.h2_ns;
  int64_t used = pp->gc->fractional_ns + (now - pp->gc->worker_start);
  return (double)used > 1.2 * gc_fractional_goal * (double)since;
}

/* Others have something to run: an idle worker goes away. */
static bool someone_waits(struct p *pp) {
  return !load_rlx(&gc_blacken_enabled) || load_rlx(&sched.runq_size) > 0 ||
         load_rlx(&pp->runqhead) != load_rlx(&pp->runqtail) ||
         load_rlx(&pp->runnext);
}

void gc_drain(struct p *pp, int flags) {
  struct gcwork *w = gcw_of(pp);
  int64_t reported = 0;
  for (;;) {
    if (should_yield(pp)) break;
    if ((flags & DRAIN_IDLE) && someone_waits(pp)) break;
    if ((flags & DRAIN_FRACTIONAL) && quota_reached(pp)) break;
    if (roots_left() && root_next(pp)) continue;
    gcw_balance(w);
    if (drain_some(w, CHECK_BYTES)) {
      wb_flush(pp); /* our own barrier buffer may hold more */
      if (gcw_empty(w) && !gc_global_work() && !root_collect(pp)) break;
    }
    reported += CHECK_BYTES;
    if (reported >= REPORT_BYTES) {
      report(pp, flags);
      reported = 0;
    }
  }
  report(pp, flags);
}

int64_t gc_drain_n(struct p *pp, int64_t work) {
  struct gcwork *w = gcw_of(pp);
  int64_t before = w->scan_work, done = 0;
  while (done < work && !should_yield(pp)) {
    int64_t left = work - done < CHECK_BYTES ? work - done : CHECK_BYTES;
    gcw_balance(w); /* idle Ps shall help */
    bool empty = drain_some(w, left);
    done = w->scan_work - before;
    if (empty) {
      wb_flush(pp);
      if (!gcw_empty(w)) continue;
      if (roots_left() && (root_next(pp) || root_collect(pp))) {
        done = w->scan_work - before;
        continue;
      }
      break;
    }
  }
  gcw_report(w);
  return done;
}

/* ---- Conservative roots ------------------------------------------------- */

void grey_root(uintptr_t p, struct gcwork *w) {
  struct object o;
  if (!find_object(p, &o)) return;
  /* SC-5: a stale word may point to a free slot, which must stay unmarked. */
  if (!object_is_allocated(&o) || is_marked(&o)) return;
  gcw_put(w, o.base);
}

/* Not for the sanitizers: the words are of any kind, also numbers that the program
 * writes as it likes and what lies between a frame's variables. */
TERN_NO_TSAN TERN_NO_ASAN void scan_conservative(uintptr_t lo, uintptr_t hi, struct gcwork *w) {
  lo = (lo + 7) & ~(uintptr_t)7;
  for (; lo + 8 <= hi; lo += 8) {
    uintptr_t p = load_rlx((uintptr_t *)lo);
    if (in_heap(p)) grey_root(p, w);
  }
}
