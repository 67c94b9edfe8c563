/* stack.c - segments, their pool, and crossing into one. */
#include "sched/stack.h"

#include "heap/poison.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sync/hook.h"

/* ---- The pool ----------------------------------------------------------- */

/* Segments of 4, 8, 16 and 32 KiB are cut from spans of 32 KiB; larger ones have
 * spans of their own. */
#define ORDERS 4
#define POOL_PAGES (4 * TERN_STACK_FACTOR)

/* Where the spans of one order are that have a free piece: in the second list when
 * all their pieces are free.  A span without one is in neither. */
struct order {
  struct span *some_free, *all_free; /* doubly linked */
};

static struct {
  mutex lock;
  struct order order[ORDERS]; /* guarded by lock */
  struct segment *deferred;   /* guarded by lock */
} pool = {.lock = MUTEX_INIT(STACK_POOL)};

static void list_add(struct span **head, struct span *s) {
  s->prev = 0;
  s->next = *head;
  if (s->next) s->next->prev = s;
  *head = s;
}

static void list_remove(struct span **head, struct span *s) {
  if (s->prev)
    s->prev->next = s->next;
  else
    *head = s->next;
  if (s->next) s->next->prev = s->prev;
  s->next = s->prev = 0;
}

static bool has_free(const struct span *s, uintptr_t size) {
  return s->manual_free || (s->freeindex + 1) * size <= POOL_PAGES * PAGE_SIZE;
}

/* A span with a free piece, in some_free; NULL: no memory. */
static struct span *span_with_free(struct order *o) {
  lock_may_acquire(RANK_HEAP); /* for a new one */
  struct span *s = o->some_free;
  if (s) return s;
  if ((s = o->all_free) != 0) {
    list_remove(&o->all_free, s);
  } else {
    if (!(s = span_alloc_manual(POOL_PAGES))) return 0;
    s->manual_free = 0;
    s->alloc_count = 0;
    s->freeindex = 0; /* pieces cut so far */
  }
  list_add(&o->some_free, s);
  return s;
}

static void *pool_take(int order) {
  struct order *o = &pool.order[order];
  lock(&pool.lock);
  struct span *s = span_with_free(o);
  if (!s) {
    unlock(&pool.lock);
    return 0;
  }
  void *p = s->manual_free;
  uintptr_t size = (uintptr_t)STACK_FIRST << order;
  if (p) {
    s->manual_free = *(void **)p;
    if (heap_poison) poison_check((uintptr_t)p + 8, size - 8, "a stack segment");
  } else {
    p = (void *)(s->base + s->freeindex * size);
    s->freeindex++;
  }
  s->alloc_count++;
  if (!has_free(s, size)) list_remove(&o->some_free, s);
  unlock(&pool.lock);
  return p;
}

static struct span *span_of(void *p) {
  return entry_span(page_entry((uintptr_t)p));
}

static void pool_give(int order, void *p) {
  struct order *o = &pool.order[order];
  uintptr_t size = (uintptr_t)STACK_FIRST << order;
  lock(&pool.lock);
  struct span *s = span_of(p);
  if (has_free(s, size)) list_remove(&o->some_free, s);
  if (heap_poison) poison_fill((uintptr_t)p, size);
  *(void **)p = s->manual_free;
  s->manual_free = p;
  s->alloc_count--;
  list_add(s->alloc_count ? &o->some_free : &o->all_free, s);
  unlock(&pool.lock);
}

bool stack_defer_frees; /* atomic */

/* One span to give back, or NULL; pool.lock held.  Of each order one empty span
 * stays for the next goroutine. */
static struct span *to_trim(void) {
  struct segment *seg = pool.deferred;
  if (seg) {
    pool.deferred = seg->next;
    return span_of(seg);
  }
  for (int i = 0; i < ORDERS; i++) {
    struct span *s = pool.order[i].all_free;
    if (!s || !s->next) continue;
    list_remove(&pool.order[i].all_free, s);
    return s;
  }
  return 0;
}

bool stack_pool_trim(int spans) {
  for (; spans > 0; spans--) {
    lock(&pool.lock);
    struct span *s = to_trim();
    unlock(&pool.lock);
    if (!s) return false;
    span_free(s);
  }
  return true;
}

/* ---- Segments ----------------------------------------------------------- */

static int order_of(uintptr_t size) {
  for (int o = 0; o < ORDERS; o++)
    if (size <= (uintptr_t)STACK_FIRST << o) return o;
  return -1;
}

/* The debug build keeps a pattern at the far end of the guard: who needs so much
 * without asking has run over it, or nearly. */
enum { CANARY_WORDS = TERN_DEBUG && !TERN_SANITIZED ? 32 : 0 };
#define CANARY(w) ((uintptr_t)(w) ^ 0x5ca1ab1e0ddba11u)

static void canary_put(struct segment *seg) {
  uint64_t *w = (uint64_t *)(seg + 1);
  for (int i = 0; i < CANARY_WORDS; i++) w[i] = CANARY(&w[i]);
}

static void canary_check(const struct segment *seg) {
  const uint64_t *w = (const uint64_t *)(seg + 1);
  for (int i = 0; i < CANARY_WORDS; i++)
    if (w[i] != CANARY(&w[i]))
      throw("stack: a frame ran over the end of the segment [%p, %p), to within %ld bytes",
            (void *)seg->lo, (void *)seg->hi, (long)((uintptr_t)&w[i] - seg->lo));
}

/* A segment of at least size bytes, not linked; NULL: no memory. */
static struct segment *segment_alloc(uintptr_t size) {
  int order = order_of(size);
  uintptr_t lo;
  if (order >= 0) {
    size = (uintptr_t)STACK_FIRST << order;
    lo = (uintptr_t)pool_take(order);
  } else {
    struct span *s = span_alloc_manual((size + PAGE_SIZE - 1) >> PAGE_SHIFT);
    lo = s ? s->base : 0;
    if (s) size = (uintptr_t)s->npages << PAGE_SHIFT;
  }
  if (!lo) return 0;
  san_unpoison(lo, size);
  struct segment *seg = (struct segment *)lo;
  *seg = (struct segment){.lo = lo, .hi = lo + size, .guard = lo + STACK_GUARD};
  canary_put(seg);
  return seg;
}

/* Nobody may use more of it than its header. */
static void segment_poison(struct segment *seg) {
  san_poison((uintptr_t)(seg + 1), seg->hi - (uintptr_t)(seg + 1));
}

static void segment_free(struct segment *seg) {
  canary_check(seg);
  uintptr_t size = seg->hi - seg->lo;
  segment_poison(seg);
  int order = order_of(size);
  if (order >= 0) {
    pool_give(order, seg);
  } else if (load_acq(&stack_defer_frees)) {
    lock(&pool.lock);
    seg->next = pool.deferred;
    pool.deferred = seg;
    unlock(&pool.lock);
  } else {
    span_free(span_of(seg));
  }
}

bool stack_init(struct g *gp, int64_t bytes) {
  struct segment *seg = segment_alloc((uintptr_t)bytes);
  if (!seg) return false;
  gp->seg = gp->first_seg = seg;
  gp->stack_bytes = (int64_t)(seg->hi - seg->lo);
  return true;
}

static void free_after(struct g *gp, struct segment *seg) {
  struct segment *s = seg->next;
  seg->next = 0;
  while (s) {
    struct segment *next = s->next;
    gp->stack_bytes -= (int64_t)(s->hi - s->lo);
    segment_free(s);
    s = next;
  }
}

void stack_free_spares(struct g *gp) {
  canary_check(gp->seg);
  free_after(gp, gp->first_seg);
  segment_poison(gp->first_seg);
}

void stack_trim(struct g *gp) {
  struct segment *s = gp->seg;
  while (s->next && s->next->used) s = s->next;
  for (struct segment *t = gp->seg->next; t; t = t->next) t->used = 0;
  free_after(gp, s);
}

void stack_set_guard(struct g *gp) {
  store_rlx(&tern_stackguard, gp->seg->guard);
  TERN_HOOK(guard_reset, gp);
}

void stack_reset_guard(struct g *gp) {
  stack_set_guard(gp);
  fence_seq(); /* Dekker with preemptone and suspendG: SUS-9 */
  stack_poison_if_asked(gp);
}

void stack_poison_if_asked(struct g *gp) {
  struct p *pp = gp->m->p;
  if (load_rlx(&gp->preempt) || load_rlx(&gp->preempt_stop) ||
      load_rlx(&gp->scan_self) || load_rlx(&sched.gcwaiting) ||
      (pp && load_rlx(&pp->run_safe_point)))
    store_rlx(&tern_stackguard, TERN_STACK_PREEMPT);
}

/* The form for crossings.  A poison found in the word is put back: exchanged, not
 * read and then written, so that no request falls in between (C-1). */
static void set_guard(struct segment *seg) {
  TERN_HOOK(guard_cross, getg());
  if (xchg_seq(&tern_stackguard, seg->guard) == TERN_STACK_PREEMPT)
    store_rlx(&tern_stackguard, TERN_STACK_PREEMPT);
}

void stack_unwind_to(uintptr_t sp) {
  struct g *gp = getg();
  uintptr_t from = tern_sp; /* frames from here on are left without a return */
  while (sp < gp->seg->lo || sp >= gp->seg->hi) {
    if (!gp->seg->prev) throw("stack_unwind_to: %p is on no segment", (void *)sp);
    san_unpoison(from, gp->seg->hi - from);
    from = gp->seg->crossing_sp;
    gp->seg = gp->seg->prev;
  }
  san_unpoison(from, sp - from);
  stack_reset_guard(gp);
  san_to_stack(gp->seg->lo, gp->seg->hi, gp->fiber);
}

/* ---- Crossing ----------------------------------------------------------- */

struct grow_request {
  struct g *gp;
  uintptr_t size;
  bool exact; /* not twice the last one */
};

int64_t stack_limit = 1000000000; /* as in Go */

static void grow(void *p) {
  struct grow_request *r = p;
  struct g *gp = r->gp;
  free_after(gp, gp->seg); /* spares that are too small */
  uintptr_t size = (gp->seg->hi - gp->seg->lo) * 2;
  if (r->exact) size = r->size;
  while (size < r->size) size *= 2;
  int64_t limit = load_rlx(&stack_limit);
  if (gp->stack_bytes + (int64_t)size > limit) {
    /* Doubling would pass the limit: allow what is left below it. */
    uintptr_t left = (uintptr_t)(limit - gp->stack_bytes);
    size = left & ~(PAGE_SIZE - 1);
    if (gp->stack_bytes >= limit || size < r->size + (1 << 20)) {
      os_print("runtime: goroutine stack exceeds %ld-byte limit\n", (long)limit);
      sched_hooks.stack_overflow(gp);
      throw("stack overflow");
    }
  }
  struct segment *seg = segment_alloc(size);
  if (!seg) out_of_memory();
  seg->prev = gp->seg;
  gp->seg->next = seg;
  gp->stack_bytes += (int64_t)(seg->hi - seg->lo);
}

bool stack_switch_always;
uint32_t poll_yields;

#define SLACK_MAX 4096

/* A guard just below the first frame on seg, so that the next call crosses again.
 * How large that frame is, nobody says: each crossing allows twice as much as the
 * last, up to what no function without `need` exceeds, so that a function that
 * is refused here passes a few segments on. */
static uintptr_t tight_guard(struct segment *seg, uintptr_t need) {
  static __thread uint32_t turn;
  return seg->hi - 16 - need - (SLACK_MAX >> (5 - turn++ % 6));
}

void tern_morestack(void (*fn)(void *), void *args, int64_t need) {
  struct g *gp = getg();
  lock_may_acquire(RANK_STACK_POOL);
  lock_may_acquire(RANK_HEAP);
  bool asked = tern_cross == TERN_CROSS_ASKED; /* before others run on this thread */
  tern_cross = TERN_CROSS_NOT;
  if (load_rlx(&tern_stackguard) == TERN_STACK_PREEMPT) preempt_check();
  if (on_g0() || (!stack_switch_always && !asked &&
                  tern_sp - (uintptr_t)need > gp->seg->guard)) {
    fn(args);
    return;
  }
  uintptr_t size = (uintptr_t)need + STACK_GUARD + 2048;
  if (stack_switch_always) size += SLACK_MAX;
  struct segment *seg = gp->seg->next;
  if (!seg || seg->hi - seg->lo < size) {
    struct grow_request r = {gp, size, stack_switch_always || asked};
    systemstack(grow, &r);
    seg = gp->seg->next;
  }
  seg->used = 1;
  if (stack_switch_always) seg->guard = tight_guard(seg, (uintptr_t)need);
  gp->seg = seg;
  set_guard(seg);
  san_to_stack(seg->lo, seg->hi, gp->fiber);
  tern_cross = TERN_CROSS_DONE;
  os_call_segment(fn, args, seg->hi - 16, &seg->crossing_sp);
  canary_check(seg);
  canary_check(seg->prev);
  san_to_stack(seg->prev->lo, seg->prev->hi, gp->fiber);
  gp->seg = seg->prev;
  set_guard(gp->seg);
}

void with_stack(int64_t need, void (*fn)(void *), void *arg) {
  tern_morestack(fn, arg, need);
}

void tern_poll_slow(void) {
  preempt_check();
  if (!poll_yields) return;
  static __thread uint32_t n;
  struct g *gp = getg();
  if (++n % poll_yields == 0 && tern_locks == 0 && !on_g0() && gp->m->p &&
      G_STATE(readgstatus(gp)) == _Grunning)
    gosched();
}
