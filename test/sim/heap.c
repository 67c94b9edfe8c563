/* heap.c - words of the heap's tables that several threads write. */
#include "heap/heap.h"
#include "heap/mcache.h"
#include "scenario.h"

static struct object neighbour;
static uint32_t done_sema;

static void marker(void *arg) {
  (void)arg;
  set_marked(&neighbour);
  semrelease(&done_sema, false);
}

static void take_run(struct mcache *c, uint32_t layout) {
  struct tern_cursor *cur = &c->head.cursor[layout];
  cur->free = cur->end;
  CHECK(mcache_refill(c, layout));
}

/* T-mark-race (E35, AB-1): a run is marked as it is taken, while a marker sets a
 * bit in the same word. */
SCENARIO(mark_words, 2, "allocation and marking set bits of the same word") {
  uint32_t layout = LAYOUT_NOSCAN + (uint32_t)size_to_class(24);
  lock_preemption();
  struct mcache *c = &getp()->mcache;
  struct tern_cursor *cur = &c->head.cursor[layout];
  take_run(c, layout); /* 85 slots: the next run begins inside a word */
  CHECK(find_object(cur->end - 1, &neighbour) && neighbour.index % 64 != 63);
  spawn(marker, NULL);
  c->alloc_black = true;
  take_run(c, layout);
  c->alloc_black = false;
  uintptr_t from = cur->free, to = cur->end;
  unlock_preemption();
  semacquire(&done_sema);
  CHECK(is_marked(&neighbour));
  for (uintptr_t p = from; p < to; p += 24) {
    struct object o;
    CHECK(find_object(p, &o) && is_marked(&o));
  }
}
