/* checkmark.c - GODEBUG=gccheckmark=1: proof that the concurrent mark missed
 * nothing.
 *
 * With the world stopped, before the flip, everything reachable is found again
 * from scratch with a second set of bits; an object that this finds but the
 * concurrent mark did not is printed with the edge that leads to it.
 * (Go's mcheckmark.go.)  The queue is a list of its own, so that the books of
 * the real marker stay untouched.
 */
#include <string.h>

#include "gc/finalizer.h"
#include "gc/gcp.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"
#include "sched/sudog.h"
#include "sched/timer.h"

extern char __start_tern_data[] __attribute__((weak));
extern char __stop_tern_data[] __attribute__((weak));

static struct {
  uintptr_t *stack; /* grey objects; grows by doubling */
  int64_t n, cap;
  int64_t seen;
} check;

static void push(uintptr_t p) {
  if (check.n == check.cap) {
    int64_t cap = check.cap ? check.cap * 2 : 1 << 16;
    uintptr_t *s = os_map((size_t)cap * sizeof *s, &sys_stats.gc);
    if (!s) out_of_memory();
    if (check.n) memcpy(s, check.stack, (size_t)check.n * sizeof *s);
    if (check.stack)
      os_unmap(check.stack, (size_t)check.cap * sizeof *s, &sys_stats.gc);
    check.stack = s;
    check.cap = cap;
  }
  check.stack[check.n++] = p;
}

/* A root on a stack: conservative, so an unmarked one proves nothing.  The frames
 * may have changed since the scan, and a word of an old frame that nobody wrote
 * over may name an object that was dead by then.  Only marked ones are
 * followed; what they lead to is exact. */
static bool stale_root(uintptr_t p) {
  struct object o;
  return find_object(p, &o) && !is_marked(&o);
}

/* p was found in the word at `where` of an object (or root) at `from`. */
static void visit(uintptr_t p, bool exact, const char *what, uintptr_t from,
                  uintptr_t where) {
  struct object o;
  if (!find_object(p, &o)) return;
  if (!exact && !object_is_allocated(&o)) return;
  uint64_t *w = (uint64_t *)(checkbits + o.page * BITS_PER_PAGE_BYTES) +
                o.index / 64;
  if (*w & mark_mask(&o)) return;
  *w |= mark_mask(&o);
  check.seen++;
  if (!is_marked(&o)) {
    os_print("checkmark: object %p (%lu bytes, layout %u) is reachable but was "
             "not marked\n  found in %s %p at offset %ld (value %p), %s\n",
             (void *)o.base, (unsigned long)object_size(&o), o.layout, what,
             (void *)from, (long)(where - from), (void *)p,
             object_is_allocated(&o) ? "allocated" : "free slot");
    throw("checkmark: the concurrent mark missed an object");
  }
  push(o.base);
}

static void visit_range(uintptr_t lo, uintptr_t hi, const char *what) {
  for (uintptr_t a = (lo + 7) & ~(uintptr_t)7; a + 8 <= hi; a += 8)
    visit(*(uintptr_t *)a, false, what, lo, a);
}

/* Not for ASan: what lies between a frame's variables is read, too. */
TERN_NO_ASAN static void visit_stack(uintptr_t lo, uintptr_t hi) {
  for (uintptr_t a = (lo + 7) & ~(uintptr_t)7; a + 8 <= hi; a += 8)
    if (!stale_root(*(uintptr_t *)a))
      visit(*(uintptr_t *)a, false, "stack", lo, a);
}

static void visit_mask(uintptr_t obj, uintptr_t at, const uint64_t *mask,
                       int64_t words) {
  for (int64_t i = 0; i < words; i++)
    if ((mask[i / 64] >> (i % 64)) & 1)
      visit(((uintptr_t *)at)[i], true, "object", obj, at + (uintptr_t)i * 8);
}

static void visit_typed(uintptr_t obj, uintptr_t n, const tern_type *t) {
  if (!t || t->size <= 0) return;
  for (uintptr_t a = obj; a + (uintptr_t)t->ptrdata <= obj + n;
       a += (uintptr_t)t->size)
    visit_mask(obj, a, t->ptrmask, t->ptrdata / 8);
}

static void scan(uintptr_t p) {
  struct object o;
  if (!find_object(p, &o)) return;
  struct layout *L = &layouts[o.layout];
  if (L->kind == KIND_PATTERN)
    visit_mask(o.base, o.base, &L->mask, L->size / 8);
  else if (L->kind == KIND_TYPED)
    visit_typed(o.base, L->size, *typed_slot(o.page, o.index));
  else if (o.layout == LAYOUT_LARGE)
    visit_typed(o.base, object_size(&o),
                entry_span(pagemap[o.page])->large_type);
}

static void visit_g(struct g *gp) {
  uint32_t s = G_STATE(readgstatus(gp));
  if (s == _Gdead || s == _Gidle || !gp->seg) return;
  uintptr_t sp = s == _Gsyscall ? gp->syscall_sp : gp->sched_sp;
  if (s == _Gsyscall)
    visit_stack((uintptr_t)gp->syscall_regs, (uintptr_t)(gp->syscall_regs + 6));
  for (struct segment *seg = gp->seg; seg; seg = seg->prev) {
    visit_stack(sp, seg->hi);
    sp = seg->crossing_sp;
  }
  visit((uintptr_t)gp->start_fn, false, "goroutine", (uintptr_t)gp,
        (uintptr_t)&gp->start_fn);
}

static void visit_timer(struct timer *t, void *arg) {
  (void)arg;
  visit((uintptr_t)t, false, "timer", 0, 0);
  visit((uintptr_t)t->arg, false, "timer", (uintptr_t)t, (uintptr_t)&t->arg);
}

static void visit_finalizer(uintptr_t object, bool contents) {
  if (contents)
    scan(object); /* FIN-1 */
  else
    visit(object, false, "finalizer", 0, 0);
}

void checkmark_run(void) {
  memset(checkbits, 0, (load_rlx(&heap_used) >> PAGE_SHIFT) * BITS_PER_PAGE_BYTES);
  check.n = check.seen = 0;
  visit_range((uintptr_t)__start_tern_data, (uintptr_t)__stop_tern_data,
              "globals");
  timers_visit(0, INT64_MAX, visit_timer, NULL);
  finalizer_visit(visit_finalizer);
  struct allgs gs = allgs_snapshot();
  for (int64_t i = 0; i < gs.len; i++) visit_g(gs.ptr[i]);
  while (check.n > 0) scan(check.stack[--check.n]);
}
