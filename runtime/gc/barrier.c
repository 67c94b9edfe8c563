/* barrier.c - the hybrid write barrier and its per-P buffer.
 *
 * tern_wb is called before the store (WB-2), with no safepoint until after it
 * (WB-1).  It only buffers; the flush marks.  A buffered value is grey (WB-10):
 * every acknowledgement and the end of marking flush the buffer.
 */
#include "gc/barrier.h"

#include "gc/gcp.h"
#include "heap/shadow.h"
#include "sched/sched.h"

bool tern_wb_on;
bool gc_tiny_buffers;

/* Marks p's object; scannable ones are queued for their scan. */
static void mark_now(uintptr_t p, struct gcwork *w) {
  struct object o;
  if (!find_object(p, &o) || !set_marked(&o)) return;
  w->bytes_marked += (int64_t)object_size(&o);
  uint8_t kind = layouts[o.layout].kind;
  if (kind == KIND_NOSCAN || o.layout == LAYOUT_LARGE_NOSCAN) return;
  gcw_put(w, o.base | 1);
}

void wb_flush(struct p *pp) {
  struct gc_p *g = pp->gc;
  int32_t n = g->wb_n;
  g->wb_n = 0;
  for (int32_t i = 0; i < n; i++) mark_now(g->wb[i], &g->work);
}

void wb_discard(struct p *pp) { pp->gc->wb_n = 0; }

static void flush_on_g0(void *pp) { wb_flush(pp); }

static void buffer(struct p *pp, uintptr_t v) {
  struct gc_p *g = pp->gc;
  if (g->wb_n >= g->wb_max) systemstack(flush_on_g0, pp);
  g->wb[g->wb_n++] = v;
}

static inline void shade_word(struct p *pp, uintptr_t v) {
  if (v && in_heap(v)) buffer(pp, v);
}

/* MS-12: no barrier without a P.  The acquire pairs with the start of a cycle,
 * which looked at this P's buffers before it switched the barrier on (MS-17). */
static struct p *barrier_p(void) {
  struct p *pp = getp();
  (void)load_acq(&tern_wb_on);
  if (__builtin_expect(!pp, 0)) throw("write barrier without a P");
  return pp;
}

void tern_wb(void **slot, void *val) {
  barrier_may_lock();
  struct p *pp = barrier_p();
  shade_word(pp, (uintptr_t)load_rlx(slot)); /* deletion half: WB-3 */
  shade_word(pp, (uintptr_t)val);            /* insertion half: WB-4 */
  if (load_rlx(&shadow_on)) shadow_store(slot, val);
}

void shade(void *p) {
  barrier_may_lock();
  if (load_rlx(&tern_wb_on)) shade_word(barrier_p(), (uintptr_t)p);
}

/* Calls for the i-th words of a value of type t that hold pointers. */
#define FOR_POINTER_WORDS(t, i)                                   \
  for (int64_t i = 0; i < (t)->ptrdata / 8; i++)                  \
    if (((t)->ptrmask[i / 64] >> (i % 64)) & 1)

void shade_value(const tern_type *t, const void *p) {
  barrier_may_lock();
  if (!load_rlx(&tern_wb_on) || t->ptrdata == 0) return;
  struct p *pp = barrier_p();
  FOR_POINTER_WORDS(t, i) shade_word(pp, ((const uintptr_t *)p)[i]);
}

/* The pointer words of a value at src become those at dst. */
static void shadow_value(const tern_type *t, const void *dst, const void *src) {
  FOR_POINTER_WORDS(t, i)
  shadow_store((void *const *)dst + i, src ? ((void *const *)src)[i] : 0);
}

void tern_wb_init(const tern_type *t, const void *dst, const void *src) {
  shade_value(t, src);
  if (load_rlx(&shadow_on)) shadow_value(t, dst, src);
}

/* Before n values of type t are copied over dst: all slots at once, no
 * safepoint between this and the copy (WB-8).  src NULL: they are cleared. */
void tern_wb_bulk(const tern_type *t, void *dst, const void *src, int64_t n) {
  barrier_may_lock();
  if (t->ptrdata == 0) return;
  struct p *pp = barrier_p();
  uintptr_t *d = dst;
  const uintptr_t *s = src;
  int64_t words = t->size / 8;
  for (int64_t k = 0; k < n; k++, d += words) {
    FOR_POINTER_WORDS(t, i) {
      shade_word(pp, load_rlx(&d[i]));
      if (s) shade_word(pp, load_rlx(&s[i]));
    }
    if (load_rlx(&shadow_on)) shadow_value(t, d, s);
    if (s) s += words;
  }
}
