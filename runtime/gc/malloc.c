/* malloc.c - allocation when the cursor is used up, and what hangs on it.
 *
 * The fast path is inline in emitted code (heap/type.h).  Here, once for some two
 * kilobytes: the collector's books (live heap, trigger, assist debt), then the
 * refill on the system stack.  Order as in Go: pay first, allocate, then maybe
 * start a cycle; so the new object is never seen half made.
 */
#include "gc/malloc.h"

#include <string.h>

#include "gc/gcp.h"
#include "heap/mcache.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"

static uint64_t zero_sized; /* the address of every empty value */

/* ---- Books -------------------------------------------------------------- */

/* What the P handed out since the last look goes to the pacer. */
static void account(struct g *gp, struct mcache *c) {
  int64_t bytes = c->refilled_bytes;
  c->refilled_bytes = 0;
  add_rlx(&gc_heap_live, bytes);
  TRACE(HEAP_LIVE, (uint64_t)load_rlx(&gc_heap_live));
  if (c->black_bytes) {
    add_rlx(&gc_bytes_marked, c->black_bytes);
    c->black_bytes = 0;
  }
  if (!load_rlx(&gc_blacken_enabled)) return;
  gp->assist_bytes -= bytes;
  pacer_revise();
}

/* Assists hold allocators back while marking; while a cycle is being started
 * nothing does, and a handshake lasts as long as the slowest thread is off the
 * processor.  So whoever is past the goal steps aside until marking begins, for
 * a bounded time: the start itself may need what this goroutine holds. */
static void wait_for_start(void) {
  int64_t until = os_nanotime() + 5 * 1000 * 1000;
  for (int n = 0; load_acq(&gc_starting) && os_nanotime() < until; n++) {
    if (load_rlx(&gc_heap_live) < pacer_goal()) return;
    gosched();
    if (n % 4 == 3) os_yield();
  }
}

/* After an allocation by the slow path: may start a cycle or mark a little. */
static void after_alloc(struct g *gp) {
  if (gp == &gp->m->g0 || tern_locks != 0) return;
  if (gc_debug_stress > 0 && !gp->system) {
    static int32_t count;
    if (add_rlx(&count, 1) % gc_debug_stress == 0) gc_run();
  }
  if (load_rlx(&gc_blacken_enabled)) {
    if (gp->assist_bytes < 0) gc_assist();
  } else if (pacer_should_start()) {
    gc_trigger_heap();
    if (load_acq(&gc_starting) && !gp->system) wait_for_start();
  }
}

/* What an allocation takes now and then: a span of the central list, or a new one. */
static void may_grow(void) {
  lock_may_acquire(RANK_LAYOUTS);
  lock_may_acquire(RANK_CENTRAL);
  lock_may_acquire(RANK_HEAP);
}

/* ---- Small -------------------------------------------------------------- */

struct refill_request {
  struct mcache *c;
  uint32_t layout;
  bool ok;
};

static void refill_on_g0(void *arg) {
  struct refill_request *r = arg;
  r->ok = mcache_refill(r->c, r->layout);
}

/* One slot of the layout; its run is refilled if need be. */
static void *small(uint32_t layout, const tern_type *typed) {
  struct g *gp = getg();
  may_grow();
  lock_preemption();
  struct p *pp = getp();
  if (!pp) throw("allocation without a P");
  struct mcache *c = &pp->mcache;
  struct tern_cursor *cur = &c->head.cursor[layout];
  bool slow = cur->free == cur->end;
  if (slow) {
    struct refill_request r = {c, layout, false};
    systemstack(refill_on_g0, &r);
    if (!r.ok) out_of_memory();
    account(gp, c);
  }
  uintptr_t p = cur->free;
  cur->free += cur->size;
  san_unpoison(p, cur->size);
  if (typed) {
    struct object o;
    if (!find_object(p, &o)) throw("malloc: no object at %p", (void *)p);
    store_rel(typed_slot(o.page, o.index), typed); /* pairs with mark.c */
  }
  unlock_preemption();
  if (slow || gc_debug_stress) after_alloc(gp);
  return (void *)p;
}

/* ---- Large -------------------------------------------------------------- */

struct large_request {
  struct mcache *c;
  int64_t size;
  bool noscan;
  struct span *s;
};

static void large_on_g0(void *arg) {
  struct large_request *r = arg;
  r->s = large_alloc(r->c, r->size, r->noscan);
}

/* AB-4: untyped, so not scanned, until it is zero; zeroed in pieces with polls
 * between them (golang/go#31222). */
static void *large(int64_t size, const tern_type *elem, bool zero) {
  struct g *gp = getg();
  may_grow();
  lock_preemption();
  struct p *pp = getp();
  if (!pp) throw("allocation without a P");
  struct large_request r = {&pp->mcache, size, !elem || !elem->ptrdata, 0};
  systemstack(large_on_g0, &r);
  if (!r.s) out_of_memory();
  account(gp, &pp->mcache);
  struct span *s = r.s;
  char *volatile base = (char *)s->base; /* kept on the stack: a root */
  bool needzero = s->needzero;
  unlock_preemption();
  if (needzero && (zero || !r.noscan)) {
    int64_t n = (int64_t)s->elemsize;
    for (int64_t at = 0; at < n; at += 256 << 10) {
      int64_t k = n - at < 256 << 10 ? n - at : 256 << 10;
      memset(base + at, 0, (size_t)k);
      if (gp != &gp->m->g0) tern_poll();
    }
  }
  if (!r.noscan) store_rel(&s->large_type, elem);
  after_alloc(gp);
  return base;
}

/* ---- Entry points ------------------------------------------------------- */

void *tern_new_slow(const tern_type *t) {
  if (t->size == 0) return &zero_sized;
  if (t->size > MAX_SMALL) return large(t->size, t, true);
  uint32_t layout = load_acq(&t->layout); /* pairs with layout_of_type */
  if (layout == 0) layout = layout_of_type(t);
  return small(layout, layouts[layout].kind == KIND_TYPED ? t : 0);
}

void *mallocgc(int64_t size, const tern_type *elem, bool zero) {
  if (size <= 0) return &zero_sized;
  bool noscan = !elem || elem->ptrdata == 0;
  if (size > MAX_SMALL) return large(size, elem, zero);
  uint32_t layout = noscan
                        ? LAYOUT_NOSCAN + (uint32_t)size_to_class(size)
                        : layout_of_array(elem, size);
  struct tern_cursor *c = &(*TERN_HERE(tern_mcache))->cursor[layout];
  bool typed = layouts[layout].kind == KIND_TYPED;
  if (!typed && !gc_debug_stress) {
    uintptr_t p = c->free, next = p + c->size;
    if (next - 1 < c->end) {
      c->free = next;
      san_unpoison(p, c->size);
      return (void *)p;
    }
  }
  return small(layout, typed ? elem : 0);
}

void *tern_new_array(const tern_type *t, int64_t n) {
  int64_t bytes;
  if (n < 0 || __builtin_mul_overflow(t->size, n, &bytes) ||
      bytes > (int64_t)1 << 47)
    fatal("runtime: out of memory: cannot allocate an array of %ld elements",
          (long)n);
  return mallocgc(bytes, t, true);
}
