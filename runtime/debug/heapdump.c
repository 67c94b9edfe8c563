/* heapdump.c - the heap and all roots in a file.
 *
 * The form is Go's "go1.7 heap dump" (golang.org/wiki/heapdump15-through-heapdump17),
 * so Go's tools read it: a line, then records, each begun by its kind; numbers are
 * unsigned LEB128, strings a length and bytes, lists of pointer fields end with 0.
 *
 *   6 parameters   4 goroutines, each with its 5 frames
 *   12 globals     10 statistics   1 objects   0 end
 *
 * An object's pointer fields are exact.  Frames and globals are read conservatively
 * by the collector, so here every word that points into the heap is a field.
 *
 * An object is there if it is allocated (SPAN-1) and not in the unused rest of a P's
 * run; of a span that is not swept yet, only what the last cycle marked.
 */
#include "debug/heapdump.h"

#include <string.h>

#include "debug/memstats.h"
#include "debug/symtab.h"
#include "debug/walk.h"
#include "heap/heap.h"
#include "heap/sweep.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sched/stack.h"

enum { END, OBJECT, GOROUTINE = 4, FRAME, PARAMS, MEMSTATS = 10, DATA = 12 };

extern char __start_tern_data[] __attribute__((weak));
extern char __stop_tern_data[] __attribute__((weak));

/* In use only while the world is stopped. */
static struct {
  int fd;
  size_t n;
  struct mem_stats stats;
  uint8_t buf[32 << 10];
} out;

/* ---- Writing --------------------------------------------------------------------- */

static void flush(void) {
  os_write(out.fd, out.buf, out.n);
  out.n = 0;
}

static void put_bytes(const void *p, size_t n) {
  if (out.n + n > sizeof out.buf) flush();
  if (n > sizeof out.buf) {
    os_write(out.fd, p, n);
    return;
  }
  memcpy(out.buf + out.n, p, n);
  out.n += n;
}

static void put(uint64_t v) {
  uint8_t b[10];
  size_t n = 0;
  for (; v >= 0x80; v >>= 7) b[n++] = (uint8_t)(v | 0x80);
  b[n++] = (uint8_t)v;
  put_bytes(b, n);
}

static void put_string(const char *s, size_t n) {
  put(n);
  put_bytes(s, n);
}

static void put_address(const void *p) { put((uint64_t)(uintptr_t)p); }

static void put_field(uintptr_t offset) {
  put(1); /* a pointer */
  put(offset);
}

/* The words of [lo, hi) on a stack.  Not for ASan, nor memcpy under its eyes: what
 * lies between a frame's variables is read, too. */
TERN_NO_ASAN static void put_stack(uintptr_t lo, uintptr_t hi) {
  put(hi - lo);
  for (uintptr_t p = lo; p + 8 <= hi; p += 8) {
    uint64_t word = *(const uint64_t *)p;
    put_bytes(&word, 8);
  }
}

/* The words of [lo, hi) that point into the heap; for ASan as put_stack. */
TERN_NO_ASAN static void put_fields_conservative(uintptr_t lo, uintptr_t hi) {
  for (uintptr_t p = (lo + 7) & ~(uintptr_t)7; p + 8 <= hi; p += 8)
    if (in_heap(*(uintptr_t *)p)) put_field(p - lo);
  put(0);
}

/* ---- Roots ------------------------------------------------------------------------- */

static void put_params(void) {
  put(PARAMS);
  put(0); /* little-endian */
  put(8);
  put(heap_lo);
  put(heap_lo + load_rlx(&heap_used));
  put_string("amd64", 5);
  put_string("", 0);
  put((uint64_t)ncpu);
}

static bool same_segment(const struct g *gp, uintptr_t a, uintptr_t b) {
  for (const struct segment *s = gp->seg; s; s = s->prev)
    if (a - s->lo < s->hi - s->lo) return b - s->lo <= s->hi - s->lo;
  return false;
}

/* One frame: from `lo`, which is above its callee's, up to its own frame pointer's
 * pair. */
static void put_frame(const struct walk *w, uintptr_t lo, uint64_t depth, uintptr_t child) {
  struct symbol s = {"?", 0, 0};
  symtab_find(lookup_pc(w), &s);
  uintptr_t hi = same_segment(w->gp, lo, w->fp) && w->fp >= lo ? w->fp + 16 : lo;
  put(FRAME);
  put(lo);
  put(depth);
  put(child);
  put_stack(lo, hi);
  put(s.addr);
  put(w->pc);
  put(0);
  put_string(s.name, strlen(s.name));
  put_fields_conservative(lo, hi);
}

static void put_goroutine(struct g *gp) {
  struct walk w;
  uint32_t status = G_STATE(readgstatus(gp));
  if (status == _Gdead || status == _Gidle || !walk_parked(gp, &w)) return;
  uintptr_t sp = status == _Gsyscall ? gp->syscall_sp : gp->sched_sp;
  const char *why = status == _Gwaiting ? wait_reason_text[gp->waitreason] : "";
  put(GOROUTINE);
  put_address(gp);
  put(sp);
  put((uint64_t)gp->goid);
  put(gp->creator_pc);
  put(status == _Gpreempted || status == _Greleased ? _Gwaiting : status);
  put(gp->system);
  put(0);
  put(0); /* waiting since: not kept */
  put_string(why, strlen(why));
  put(0); /* context, thread, defer and panic records are not written */
  put_address(gp->m);
  put(0);
  put(0);
  uint64_t depth = 0;
  uintptr_t child = 0, lo = sp, fp;
  do {
    put_frame(&w, lo, depth++, child);
    child = lo;
    lo = w.fp + 16;
    fp = w.fp;
    if (!walk_next(&w)) break;
    /* The next frame may lie in the segment before, of which only the pair is sure. */
    if (!same_segment(gp, fp, w.fp)) lo = w.fp;
  } while (w.fp);
}

/* ---- Objects ------------------------------------------------------------------------ */

static void put_typed(uintptr_t size, const tern_type *t) {
  if (t && t->ptrdata > 0)
    for (uintptr_t at = 0; at + (uintptr_t)t->ptrdata <= size; at += (uintptr_t)t->size)
      for (int64_t i = 0; i < t->ptrdata / 8; i++)
        if (t->ptrmask[i / 64] >> (i % 64) & 1) put_field(at + (uintptr_t)i * 8);
}

static void put_object(const struct object *o, struct span *s) {
  struct layout *L = &layouts[o->layout];
  uintptr_t size = object_size(o);
  put(OBJECT);
  put(o->base);
  put_string((const char *)o->base, size);
  switch (L->kind) {
    case KIND_PATTERN:
      for (uintptr_t i = 0; i < size / 8; i++)
        if (L->mask >> i & 1) put_field(i * 8);
      break;
    case KIND_TYPED: put_typed(size, *typed_slot(o->page, o->index)); break;
    case KIND_LARGE:
      if (o->layout == LAYOUT_LARGE) put_typed(size, s->large_type);
      break;
    default: break;
  }
  put(0);
}

/* The slots that a P took but has not handed out. */
static void unused_run(const struct span *s, uintptr_t *lo, uintptr_t *hi) {
  *lo = *hi = 0;
  if (s->layout <= LAYOUT_LARGE) return;
  for (int32_t i = 0; i < gomaxprocs; i++) {
    const struct tern_cursor *c = &allp[i]->mcache.head.cursor[s->layout];
    if (c->span != s) continue;
    *lo = c->free;
    *hi = c->end;
  }
}

static void put_span(struct span *s) {
  uintptr_t lo, hi;
  unused_run(s, &lo, &hi);
  bool unswept = s->sweepgen == heap_sweepgen - 2;
  uint32_t n = s->layout <= LAYOUT_LARGE ? 1 : s->nelems;
  for (uint32_t i = 0; i < n; i++) {
    struct object o = {s->base + i * s->elemsize, page_of(s->base), i, s->layout};
    if (o.base - lo < hi - lo || !object_is_allocated(&o)) continue;
    if (unswept && !is_marked(&o)) continue;
    put_object(&o, s);
  }
}

static void put_objects(void) {
  uintptr_t pages = load_rlx(&heap_used) >> PAGE_SHIFT;
  for (uintptr_t p = 0; p < pages;) {
    uint64_t e = pagemap[p];
    struct span *s = entry_span(e);
    if (entry_layout(e) <= LAYOUT_MANUAL || entry_offset(e) != 0 ||
        s->state != SPAN_INUSE) {
      p++;
      continue;
    }
    put_span(s);
    p += s->npages;
  }
}

/* ---- All of it --------------------------------------------------------------------------- */

static void put_memstats(void) {
  const struct mem_stats *m = &out.stats;
  const uint64_t v[] = {
      m->alloc, m->total_alloc, m->sys, m->lookups, m->mallocs, m->frees,
      m->heap_alloc, m->heap_sys, m->heap_idle, m->heap_inuse, m->heap_released,
      m->heap_objects, m->stack_inuse, m->stack_sys, m->mspan_inuse, m->mspan_sys,
      m->mcache_inuse, m->mcache_sys, m->buckhash_sys, m->gc_sys, m->other_sys,
      m->next_gc, m->last_gc, m->pause_total_ns};
  put(MEMSTATS);
  for (size_t i = 0; i < sizeof v / sizeof *v; i++) put(v[i]);
  for (int i = 0; i < 256; i++) put(m->pause_ns[i]);
  put(m->num_gc);
}

static void dump(void *arg) {
  static const char head[] = "go1.7 heap dump\n";
  struct g *me = getm()->curg;
  struct allgs all = allgs_snapshot();
  memstats_fill(&out.stats);
  put_bytes(head, sizeof head - 1);
  put_params();
  put_goroutine(me);
  for (int64_t i = 0; i < all.len; i++)
    if (all.ptr[i] != me) put_goroutine(all.ptr[i]);
  put(DATA);
  put_address(__start_tern_data);
  put_string(__start_tern_data, (size_t)(__stop_tern_data - __start_tern_data));
  put_fields_conservative((uintptr_t)__start_tern_data, (uintptr_t)__stop_tern_data);
  put_memstats();
  put_objects();
  put(END);
  flush();
}

static void dump_with_stack(void *fd) {
  stopTheWorld(STW_HEAP_DUMP);
  out.fd = (int)(intptr_t)fd;
  systemstack(dump, 0); /* saves this goroutine, so that it can be walked */
  startTheWorld();
}

void debug_heap_dump(int fd) { with_stack(4096, dump_with_stack, (void *)(intptr_t)fd); }
