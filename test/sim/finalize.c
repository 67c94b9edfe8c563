/* finalize.c - finalizers that are set, cleared and called while collections run.
 *
 * Each object has a child that nobody else knows; both must be whole when the
 * object is due, and when somebody still has it.  No object is due twice for one
 * setting, and none while it is held.
 */
#include "gc/finalizer.h"

#include "heap/heap.h"
#include "scenario.h"

#define CANARY 0x5ca1ab1e0ddba11u
struct parent {
  struct child *child;
  uint64_t held; /* by its maker: not to be due */
  uint64_t canary;
};
struct child {
  struct child *unused;
  uint64_t canary;
};
static const uint64_t one[1] = {1};
static tern_type t_parent = {.size = sizeof(struct parent), .ptrdata = 8, .ptrmask = one,
                             .kind = TERN_STRUCT, .align = 8, .name = TERN_STR_INIT("parent")};
static tern_type t_child = {.size = sizeof(struct child), .ptrdata = 8, .ptrmask = one,
                            .kind = TERN_STRUCT, .align = 8, .name = TERN_STR_INIT("child")};
static const tern_type t_fn = {.size = 8, .kind = TERN_FUNC, .align = 8,
                               .name = TERN_STR_INIT("func(*parent)")};

static uint32_t done_sema, enough, look_again;
static int64_t nset, ndue;

static void look_at(const struct parent *p) {
  if (p->canary != CANARY || !p->child || p->child->canary != ~CANARY)
    throw("parent %p and child %p are not whole", (const void *)p, (const void *)p->child);
}

static bool set(struct parent *p) {
  struct finalizer f = {p, make_task(NULL, NULL), &t_parent, &t_fn};
  bool done = finalizer_set(&f);
  if (done) add_seq(&nset, 1);
  return done;
}

static __attribute__((noinline)) struct parent *new_parent(void) {
  struct parent *p = tern_new(&t_parent);
  p->held = 1;
  p->canary = CANARY;
  bool late = pick(2);
  if (late) CHECK(set(p));
  struct child *c = tern_new(&t_child);
  c->canary = ~CANARY;
  tern_store_ptr(&p->child, c);
  if (!late) CHECK(set(p));
  return p;
}

static void maker(void *arg) {
  (void)arg;
  struct parent *volatile hand = NULL;
  for (int i = 0; i < 16; i++) {
    if (!hand) hand = new_parent();
    switch (pick(5)) {
      case 0: /* forgets it */
        store_rlx(&hand->held, 0);
        hand = NULL;
        break;
      case 1:
        if (finalizer_clear(hand)) sub_seq(&nset, 1);
        break;
      case 2:
        if (pick(2)) set(hand);
        break;
      case 3: gosched(); break;
      default:;
    }
    tern_poll();
    if (hand) look_at(hand);
    if (pick(3) == 0) semrelease(&look_again, pick(2));
  }
  if (hand) store_rlx(&hand->held, 0);
  semrelease(&done_sema, false);
}

static void taker(void *arg) {
  (void)arg;
  while (!load_seq(&enough)) {
    struct finalizer f;
    while (finalizer_take(&f)) {
      struct parent *p = f.object;
      CHECK(!load_rlx(&p->held));
      tern_poll();
      look_at(p);
      CHECK(load_seq(&ndue) < load_seq(&nset));
      add_seq(&ndue, 1);
      if (pick(8) == 0) set(p);
    }
    semacquire(&look_again);
  }
  semrelease(&done_sema, false);
}

SCENARIO(finalize, 0, "finalizers set, cleared, taken while collections run") {
  for (int i = 0; i < 2; i++) spawn(maker, NULL);
  spawn(taker, NULL);
  for (int i = 0; i < 2; i++) gc_run();
  await_sema(&done_sema, 2);
  gc_run();
  semrelease(&look_again, false);
  gc_run();
  store_seq(&enough, 1);
  semrelease(&look_again, false);
  await_sema(&done_sema, 1);
}
