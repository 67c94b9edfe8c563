/* cons_storm.c - T-cons-alloc, T-cons-span, T-seg-reuse, T-grow: stale words of every
 * kind lie on the stacks that are scanned while memory changes its use under them.
 *
 * golang/go#54596: a stale pointer led the marker to a slot that was being allocated.
 * #39499, #80147: to a span whose fields were being filled anew. #11267: to a span that
 * had been a stack. #9984, #11324: to one beyond the bounds that the marker knew. Spans
 * of all classes, large ones and stack segments come and go, the heap grows and is
 * given back, also in the middle of marking; free memory is poisoned, a second mark
 * checks the first, and sweeping checks that no free slot is marked. Kills E22 and E39;
 * for E37 and E38 see unit/heap_race_test.c, which stands at the very points.
 */
#include "stress.h"

#include "heap/heap.h"
#include "heap/pages.h"

enum { PLANTERS = 2, CHURNERS = 3, STALE = 200 };
static uint32_t enough, done_sema;
static int64_t planted, segments;

static const uint64_t mask[1] = {1};
static tern_type t_node = {.size = 32, .ptrdata = 8, .ptrmask = mask,
                           .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("node")};
struct node { struct node *next; uint64_t id, canary, fill; };

/* Addresses that objects once had; no roots. */
static uintptr_t once[4096];
static void remember(uint64_t *rng, const void *p) {
  store_rlx(&once[stress_rand(rng, 4096)], ~(uintptr_t)p);
}

/* Holds stale words on its stack: of former objects, into the middle of them, into
 * pages of any use, and just beyond the heap. */
static void planter(void *arg) {
  uint64_t rng = stress_seed + (uint64_t)(uintptr_t)arg;
  volatile uintptr_t stale[STALE];
  while (!load_acq(&enough)) {
    for (int i = 0; i < STALE; i++) {
      uintptr_t used = load_rlx(&heap_used);
      switch (stress_rand(&rng, 4)) {
        case 0: stale[i] = ~load_rlx(&once[stress_rand(&rng, 4096)]); break;
        case 1: stale[i] = ~load_rlx(&once[stress_rand(&rng, 4096)]) + stress_rand(&rng, 4096);
          break;
        case 2: stale[i] = heap_lo + ((uintptr_t)stress_rand(&rng, 1u << 30) << 4) % used; break;
        default: stale[i] = heap_lo + used - 4096 + stress_rand(&rng, 8192);
      }
      if (i % 32 == 0) tern_poll();
    }
    add_rlx(&planted, STALE);
    if (stress_rand(&rng, 4) == 0) gosched();
  }
  semrelease(&done_sema, false);
}

static struct node *list_of(uint64_t *rng, uint32_t n) {
  struct node *list = NULL;
  for (uint32_t i = 0; i < n; i++) {
    struct node *x = tern_new(&t_node);
    CHECK(!x->next && !x->id && !x->canary);
    x->id = i;
    x->canary = ~(uint64_t)i;
    tern_store_ptr(&x->next, list);
    list = x;
    if (i % 16 == 0) remember(rng, x), tern_poll();
  }
  return list;
}
static void check_list(const struct node *x, uint32_t n) {
  for (; x; x = x->next) {
    n--;
    CHECK(x->id == n && x->canary == ~(uint64_t)n);
  }
  CHECK(n == 0);
}

/* On a segment of its own, which is freed afterwards: a list that only it knows. */
static void on_segment(void *arg) {
  uint64_t *rng = arg;
  uint32_t n = 1 + stress_rand(rng, 30);
  struct node *volatile mine = list_of(rng, n);
  remember(rng, (const void *)&mine); /* an address of a stack */
  tern_poll();
  check_list(mine, n);
  add_rlx(&segments, 1);
}

static void churner(void *arg) {
  uint64_t rng = stress_seed + 99 + (uint64_t)(uintptr_t)arg;
  while (!load_acq(&enough)) {
    uint32_t n = 1 + stress_rand(&rng, 200);
    struct node *volatile list = list_of(&rng, n);
    switch (stress_rand(&rng, 5)) {
      case 0: /* slots of any class, with and without pointers */
        for (int i = 0; i < 40; i++) {
          uint32_t size = 8 + stress_rand(&rng, 1u << (3 + stress_rand(&rng, 12)));
          uint64_t *p = stress_rand(&rng, 2)
                            ? mallocgc(size, NULL, true)
                            : tern_new_array(&t_node, 1 + size / 32);
          CHECK(p[0] == 0);
          remember(&rng, p);
        }
        break;
      case 1: { /* large: the heap grows */
        uint32_t size = 100000 + stress_rand(&rng, 1 << (17 + stress_rand(&rng, 5)));
        char *p = stress_rand(&rng, 2) ? mallocgc(size, NULL, true)
                                       : tern_new_array(&t_node, size / 32);
        CHECK(p[0] == 0 && p[99999] == 0);
        remember(&rng, p);
        break;
      }
      case 2:
        with_stack(40000 + stress_rand(&rng, 400000), on_segment, &rng);
        break;
      case 3: with_stack(9000 + stress_rand(&rng, 20000), on_segment, &rng); break;
      default:
        if (stress_rand(&rng, 16) == 0) pages_scavenge(4 << 20);
        gosched();
    }
    check_list(list, n);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void body(void) {
  for (int64_t i = 0; i < PLANTERS; i++) spawn(planter, (void *)(uintptr_t)i);
  for (int64_t i = 0; i < CHURNERS; i++) spawn(churner, (void *)(uintptr_t)i);
  do gc_run();
  while (stress_round());
  store_rel(&enough, 1);
  for (int i = 0; i < PLANTERS + CHURNERS; i++) semacquire(&done_sema);
  os_print("cons_storm: %ld stale words, %ld segments, %ld MB of heap\n", (long)planted,
           (long)segments, (long)(heap_used >> 20));
  CHECK(planted > 0 && segments > 0);
}

int main(int argc, char **argv) {
  setenv("GODEBUG", "clobberfree=1,gccheckmark=1,gczombies=1", 0);
  return stress_main(argc, argv, "cons_storm", 100, body);
}
