/* collect.c - collections beside mutators that hide pointers.
 *
 * The mutators move the only pointers to nodes between stacks, the heap and
 * globals, in the ways that a missing half of the barrier, a white allocation or a
 * merged handshake would not survive.  A lost node shows when it is looked at (its
 * slot is free, or somebody else's), as a zombie in the sweep, or in the second
 * mark of gccheckmark, which half of the seeds do.
 */
#include "debug/memstats.h"
#include "heap/heap.h"
#include "scenario.h"

#define CANARY 0x5ca1ab1e0ddba11u
struct node {
  struct node *l, *r;
  uint64_t id, canary;
};
static const uint64_t node_mask[1] = {3};
static tern_type t_node = {.size = sizeof(struct node), .ptrdata = 16, .ptrmask = node_mask,
                           .kind = TERN_STRUCT, .align = 8, .name = TERN_STR_INIT("node")};

static uint32_t done_sema, enough;
static int64_t ids;
static struct node *shared[4] TERN_GLOBAL;

static __attribute__((noinline)) struct node *new_node(void) {
  struct node *n = tern_new(&t_node);
  CHECK(!n->l && !n->r && !n->id && !n->canary); /* AB-2: zero */
  n->id = (uint64_t)add_rlx(&ids, 1);
  n->canary = n->id * CANARY;
  return n;
}

static void look_at(const struct node *n) {
  struct object o;
  if (!n) return;
  if (!find_object((uintptr_t)n, &o) || !object_is_allocated(&o))
    throw("node %p (id %lu) was freed", (const void *)n, (unsigned long)n->id);
  if (n->canary != n->id * CANARY)
    throw("node %p: id %lu, canary %lx", (const void *)n, (unsigned long)n->id,
          (unsigned long)n->canary);
}

static struct node *load_node(struct node **slot) { return load_rlx(slot); }

/* One step with the few nodes in hand, which live on this stack only. */
static void step(struct node **hand) {
  struct node **mine = &hand[pick(3)], *n = *mine;
  struct node **where = &shared[pick(4)];
  switch (pick(9)) {
    case 0: *mine = new_node(); break;
    case 1: *mine = load_node(where); break;
    case 2: tern_store_ptr(where, n); break;
    case 3: /* takes it out of the heap: the deletion half */
      *mine = load_node(where);
      tern_store_ptr(where, NULL);
      break;
    case 4: /* hides it below another and forgets it: the insertion half */
      if (!n || !hand[0] || n == hand[0]) break;
      tern_store_ptr(pick(2) ? &hand[0]->l : &hand[0]->r, n);
      *mine = NULL;
      break;
    case 5:
      if (n) *mine = load_node(pick(2) ? &n->l : &n->r);
      break;
    case 6:
      if (!n) break;
      *mine = load_node(&n->l);
      tern_store_ptr(&n->l, NULL);
      break;
    case 7: *mine = NULL; break;
    default: tern_poll();
  }
  look_at(*mine);
}

static void mutator(void *arg);

/* WB-12: the argument of a new goroutine is held by nothing else. */
static void heir(void *arg) {
  struct node *hand[3] = {arg, NULL, NULL};
  for (int i = 0; i < 10; i++) step(hand);
  look_at(arg);
  semrelease(&done_sema, false);
}

static void mutator(void *arg) {
  (void)arg;
  struct node *hand[3] = {NULL, NULL, NULL};
  int heirs = 0;
  for (int i = 0; i < 60 || (!load_acq(&enough) && i < 400); i++) {
    step(hand);
    if (pick(24) == 0 && heirs < 3) {
      struct node *n = new_node();
      spawn(heir, n);
      heirs++;
    }
    if (pick(16) == 0) gosched();
    if (pick(32) == 0) call_system(0);
    tern_poll();
  }
  for (int i = 0; i < 3; i++) look_at(hand[i]);
  await_sema(&done_sema, heirs);
  semrelease(&enough, false);
}

static uint32_t finished;
static void collector(void *arg) {
  for (int i = 0; i < (int)(uintptr_t)arg; i++) gc_run();
  store_rel(&enough, 1);
  semrelease(&finished, false);
}

static void mutator_main(void *arg) {
  mutator(arg);
  semrelease(&finished, false);
}

/* T-term-count (golang/go#26903), T-term-retry (E12): several workers at the last of the
 * work, with tiny buffers in half of the seeds. */
SCENARIO(gc_hide, 0, "collections beside goroutines that hide pointers") {
  for (int i = 0; i < 3; i++) spawn(mutator_main, NULL);
  spawn(collector, (void *)2);
  await_sema(&finished, 4);
}

static void resizer(void *arg) {
  (void)arg;
  for (int i = 0; i < 3; i++) {
    set_gomaxprocs(1 + (int32_t)pick(4));
    if (pick(2)) gosched();
  }
  semrelease(&finished, false);
}

static void reader(void *arg) {
  (void)arg;
  for (int i = 0; i < 2; i++) {
    struct mem_stats m;
    read_memstats(&m);
    CHECK(m.heap_sys == m.heap_inuse + m.heap_idle);
    CHECK(m.mallocs - m.frees == m.heap_objects);
    tern_poll();
  }
  semrelease(&finished, false);
}

SCENARIO(gc_procs, 0, "GOMAXPROCS and statistics while collections run") {
  for (int i = 0; i < 2; i++) spawn(mutator_main, NULL);
  spawn(collector, (void *)1);
  spawn(resizer, NULL);
  spawn(reader, NULL);
  await_sema(&finished, 5);
}

/* ---- Assists -------------------------------------------------------------- */

static void consumer(void *arg) {
  (void)arg;
  for (int i = 0; i < 4; i++) {
    char *p = mallocgc(3000, NULL, true); /* a refill each: debt */
    CHECK(p[0] == 0 && p[2999] == 0);
    p[0] = p[2999] = 1;
    tern_poll();
  }
  semrelease(&finished, false);
}

/* T-assist-end (E52), T-assist-dead (golang/go#39390). */
SCENARIO(assists, 0, "allocation in debt as marking ends: nobody sleeps past it") {
  for (int i = 0; i < 20; i++) {
    struct node *n = new_node();
    tern_store_ptr(&n->l, shared[0]);
    tern_store_ptr(&shared[0], n);
  }
  spawn(collector, (void *)2);
  for (int i = 0; i < 3; i++) spawn(consumer, NULL);
  await_sema(&finished, 4);
}
