/* lockstack.c - where a lock was taken: a call stack at each acquisition, in the
 * debug build, and its print when the order was violated.
 *
 * The frame pointers are followed as in walk.c, but for some thirty frames and
 * without looking anything up, since every lock pays for it: each must lie on the
 * thread's system stack below g0_sp or, outwards of that, in a segment of the
 * goroutine that runs on this thread.  Takes no lock and allocates nothing.
 */
#include "debug/lockstack.h"

#include "debug/traceback.h"
#include "os/os.h"
#include "sched/sched.h"
#include "sync/lockrank.h"

/* What lies above g0_sp and belongs to the function that set it (mstart). */
#define BEYOND_G0 256

/* The end of the goroutine stack segment that p is in, or 0. */
static uintptr_t segment_end(const struct g *gp, uintptr_t p) {
  for (const struct segment *s = gp ? gp->seg : NULL; s != NULL; s = s->prev)
    if (p - s->lo < s->hi - s->lo) return s->hi;
  return 0;
}

static int stack_here(uintptr_t frame, uintptr_t *pc, int max) {
  if (tern_g == NULL) return 0;
  const struct m *mp = getm();
  bool system = on_g0();
  const struct g *gp = system ? mp->curg : getg();
  uintptr_t hi = system ? mp->g0_sp + BEYOND_G0 : segment_end(gp, frame);
  int n = 0;
  while (n < max && frame % 8 == 0 && frame < hi && hi - frame >= 16) {
    const uintptr_t *at = (const uintptr_t *)frame;
    if (at[1] == 0) break;
    pc[n++] = at[1];
    bool inside = at[0] > frame && at[0] < hi;
    frame = at[0];
    if (!inside) hi = segment_end(gp, frame); /* this stack was entered from there */
  }
  return n;
}

static void print_on_g0(void *site) {
  const struct rank_site *s = site;
  debug_print_pcs(s->pc, s->n);
}

static void print_site(const struct rank_site *s) {
  if (tern_g == NULL)
    print_on_g0((void *)s);
  else
    systemstack(print_on_g0, (void *)s);
}

void lockstack_init(void) {
  rank_stack_hook = stack_here;
  rank_print_hook = print_site;
}
