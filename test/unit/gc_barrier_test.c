/* gc_barrier_test.c - barriers and colours: by script, and by goroutines that move
 * pointers about while cycle follows cycle.
 */
#include "gc_frame.h"

/* ---- Barriers, by script ------------------------------------------------ */

static __attribute__((noinline)) bool steal_victim(uintptr_t last,
                                                   uintptr_t victim,
                                                   struct node *volatile *to) {
  struct object o = object_of(victim);
  if (is_marked(&o) || load_seq(&gc_phase) != GC_MARK) return false;
  struct node *l = (struct node *)~last;
  *to = l->r; /* onto a stack that was scanned already */
  tern_store_ptr(&l->r, NULL);
  return true;
}

/* T-hide-heap (E20): a goroutine whose stack is scanned loads the only pointer
 * to a white object and deletes it from the heap.  Only the deletion half saves
 * the object. */
START_RUNTIME_TEST_ENV(hide_from_heap, "GOMAXPROCS=2", "GOGC=off") {
  int happened = 0;
  for (int round = 0; round < 40 && happened < 5; round++) {
    uintptr_t victim, last = long_list_with(&victim);
    clean_stack();
    struct node *volatile mine = NULL;
    spawn(run_gc, NULL);
    while (load_seq(&gc_phase) != GC_MARK && load_seq(&done_sema) == 0)
      gosched();
    while (load_seq(&gc_phase) == GC_MARK && !load_rlx(&getg()->scanned))
      tern_poll();
    bool stolen = steal_victim(last, victim, &mine);
    semacquire(&done_sema);
    if (!stolen) continue;
    happened++;
    CHECK(is_allocated(victim));
    for (int i = 0; i < 1000; i++) new_node(1);
    CHECK(intact(mine, 13));
  }
  CHECK(happened > 0);
}

/* T-hide-stack (E21): a stack that is not scanned yet holds the only pointer to
 * a white object; it stores it into a black object and forgets it.  (Four Ps:
 * whoever wants to scan this stack waits, another one blackens the object.) */
static __attribute__((noinline)) void move_to(struct node *volatile *from,
                                              struct node *to) {
  tern_store_ptr(&to->l, *from);
  *from = NULL;
}
static __attribute__((noinline)) void make_victim(struct node *volatile *to,
                                                  uintptr_t *hidden_ptr) {
  *to = new_node(17);
  *hidden_ptr = hide(*to);
}
static __attribute__((noinline)) bool is_hidden_marked(uintptr_t hidden_ptr) {
  struct object o = object_of(hidden_ptr); /* on this frame only */
  return is_marked(&o);
}

static int hidden_rounds;
static void hide_in_black(struct node *volatile *mine) {
  move_to(mine, root);
}
static void check_in_black(uintptr_t victim) {
  CHECK(is_allocated(victim));
  CHECK(intact(root->l, 17));
}
/* WB-12, E27: the closure of a goroutine that is born black. */
static uintptr_t hidden_task;
static void late_check(void *arg) {
  /* What is allocated can be asked again when nobody sweeps (heap.h). */
  while (load_seq(&gc_phase) != GC_OFF || !sweep_is_done()) gosched();
  CHECK(is_allocated(hide(arg)) && intact(arg, 17));
  semrelease(&done_sema, false);
}
static __attribute__((noinline)) void make_task(struct node *volatile *mine) {
  struct task *t = tern_new(&t_task);
  t->closure.fn = (void *)task_code;
  t->fn = late_check;
  tern_store_ptr(&t->arg, *mine);
  *mine = (struct node *)t;
}
static void go_and_forget(struct node *volatile *mine) {
  hidden_task = hide(*mine);
  tern_go((tern_func)*mine);
  *mine = NULL;
}
static void check_task(uintptr_t victim) {
  CHECK(is_allocated(hidden_task) && is_allocated(victim));
  semacquire(&done_sema);
}

/* Between the start of MARK and the scan of this stack, once root is black:
 * act() moves the only pointer to the victim from here to where no scan will
 * find it. */
static void hide_rounds(void (*prepare)(struct node *volatile *),
                        void (*act)(struct node *volatile *),
                        void (*check)(uintptr_t)) {
  for (int round = 0; round < 600 && hidden_rounds < 5; round++) {
    struct node *volatile mine = NULL;
    uintptr_t victim;
    make_victim(&mine, &victim);
    if (prepare) prepare(&mine);
    tern_store_ptr(&root, new_node(18)); /* becomes black early */
    uintptr_t black = hide(root);
    clean_stack();
    spawn(run_gc, NULL);
    /* The whole cycle may pass while this thread is off its processor. */
    while (load_seq(&gc_phase) != GC_MARK && load_seq(&done_sema) == 0)
      tern_poll();
    /* From here without poll until the pointer is gone from this stack. */
    bool fresh =
        load_seq(&gc_phase) == GC_MARK && !load_rlx(&getg()->scanned);
    int64_t until = os_nanotime() + 20000000;
    while (fresh && !is_hidden_marked(black) && os_nanotime() < until) {
    }
    bool go = fresh && is_hidden_marked(black) && !is_hidden_marked(victim) &&
              !load_rlx(&getg()->scanned);
    if (go) {
      act(&mine);
      clean_stack();
    }
    semacquire(&done_sema);
    if (go) {
      check(victim);
      hidden_rounds++;
    }
    mine = NULL;
  }
  CHECK(hidden_rounds > 0);
  add_seq(&in_call, 1);
}
static void stack_hider(void *arg) {
  (void)arg;
  hide_rounds(NULL, hide_in_black, check_in_black);
}
static void newproc_hider(void *arg) {
  (void)arg;
  hide_rounds(make_task, go_and_forget, check_task);
}
START_RUNTIME_TEST_ENV(hide_from_stack, "GOMAXPROCS=4", "GOGC=off") {
  spawn(stack_hider, NULL);
  AWAIT(load_acq(&in_call) == 1);
}
START_RUNTIME_TEST_ENV(hide_in_newproc, "GOMAXPROCS=4", "GOGC=off") {
  spawn(newproc_hider, NULL);
  AWAIT(load_acq(&in_call) == 1);
}

/* E22: born black while marking; and the colour is gone with the cycle. */
static bool allocate_while_marking(void) {
  uintptr_t victim;
  long_list_with(&victim);
  clean_stack();
  spawn(run_gc, NULL);
  while (load_seq(&gc_phase) != GC_MARK && load_seq(&done_sema) == 0)
    gosched();
  uintptr_t made[4] = {hide(new_node(1)), hide(mallocgc(100, NULL, true)),
                       hide(mallocgc(50000, NULL, true)),
                       hide(tern_new(&t_wide))};
  bool in_time = true;
  for (int i = 0; i < 4; i++) {
    struct object o = object_of(made[i]);
    bool marked = is_marked(&o);
    in_time = in_time && load_seq(&gc_phase) == GC_MARK;
    CHECK(marked || !in_time);
  }
  semacquire(&done_sema);
  if (!in_time) return false; /* the cycle ended in between */
  for (int i = 0; i < 4; i++) CHECK(is_allocated(made[i]));
  collect();
  int left = 0;
  for (int i = 0; i < 4; i++) left += is_allocated(made[i]);
  CHECK(left < 4);
  return true;
}
START_RUNTIME_TEST_ENV(allocate_black, "GOMAXPROCS=2", "GOGC=off") {
  bool done = false;
  for (int round = 0; round < 40 && !done; round++)
    done = allocate_while_marking();
  CHECK(done);
}

/* ---- A mutator that moves pointers about -------------------------------- */

/* Each worker owns some slots of a shared heap array, swaps nodes between them
 * through its stack, replaces some, and never loses one.  Any premature free
 * shows as a broken canary, as the memory is handed out again and zeroed. */
enum { SLOTS = 512, WORKERS = 4 };
static struct node **shared TERN_GLOBAL;
static int64_t mutate_until;

static void mutate_once(struct node **mine, uint64_t *rng) {
  *rng = *rng * 6364136223846793005u + 1442695040888963407u;
  uint32_t a = (uint32_t)(*rng >> 33) % SLOTS;
  uint32_t b = (uint32_t)(*rng >> 45) % SLOTS;
  struct node *x = mine[a];
  if (x) CHECK(x->canary == x->id * CANARY);
  switch ((*rng >> 29) & 7) {
    case 0: { /* a new one in front of an old one */
      struct node *n = new_node(*rng >> 20);
      tern_store_ptr(&n->l, x);
      tern_store_ptr(&mine[a], n);
      break;
    }
    case 1: /* drop the rest of a chain */
      if (x) tern_store_ptr(&x->l, NULL);
      break;
    case 2: { /* for a while only on the stack */
      tern_store_ptr(&mine[a], NULL);
      tern_poll();
      for (int i = 0; i < 3; i++) new_node(1);
      if (x) {
        CHECK(x->canary == x->id * CANARY);
        tern_store_ptr(&x->r, mine[b]);
      }
      tern_store_ptr(&mine[b], x);
      break;
    }
    case 3: /* shift a chain by one */
      if (x) tern_store_ptr(&mine[a], x->l);
      break;
    default: { /* swap */
      struct node *y = mine[b];
      tern_store_ptr(&mine[a], y);
      tern_store_ptr(&mine[b], x);
      if (x && y) tern_store_ptr(&x->r, y);
      break;
    }
  }
}
static void mutator(void *arg) {
  uint64_t id = (uint64_t)(uintptr_t)arg, rng = test_seed + id * 977;
  struct node **mine = shared + id * SLOTS;
  for (int64_t i = 0; i % 256 != 0 || os_nanotime() < mutate_until; i++) {
    mutate_once(mine, &rng);
    tern_poll();
    if (i % 4096 == 0) /* bound the chains */
      for (int k = 0; k < SLOTS; k++)
        if (mine[k]) tern_store_ptr(&mine[k]->r, NULL);
  }
  semrelease(&done_sema, false);
}
static void mutate(int64_t ms) {
  struct node **p = tern_new_array(&t_node_ptr, SLOTS * WORKERS);
  tern_store_ptr(&shared, p);
  mutate_until = os_nanotime() + ms * 1000000;
  for (int64_t i = 0; i < WORKERS; i++) spawn(mutator, (void *)(uintptr_t)i);
  for (int i = 0; i < WORKERS; i++) semacquire(&done_sema);
  CHECK(gc_totals.cycles > 2);
}

START_RUNTIME_TEST_ENV(mutators, "GOMAXPROCS=4", "GODEBUG=gczombies=1") {
  mutate(1500);
}
START_RUNTIME_TEST_ENV(mutators_checkmark, "GOMAXPROCS=4",
                       "GODEBUG=gccheckmark=1,gczombies=1") {
  mutate(1500);
}
START_RUNTIME_TEST_ENV(mutators_tiny_buffers, "GOMAXPROCS=2",
                       "GODEBUG=gctinybuffers=1,gccheckmark=1,gczombies=1") {
  mutate(1500);
}
START_RUNTIME_TEST_ENV(mutators_stress, "GOMAXPROCS=2",
                       "GODEBUG=gcstress=1,gczombies=1") {
  mutate(1500);
}
START_RUNTIME_TEST_ENV(mutators_one_p, "GOMAXPROCS=1",
                       "GODEBUG=gccheckmark=1,gczombies=1", "GOGC=20") {
  mutate(1500);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(hide_from_heap),
      TEST(hide_from_stack),
      TEST(hide_in_newproc),
      TEST(allocate_black),
      TEST(mutators),
      TEST(mutators_checkmark),
      TEST(mutators_tiny_buffers),
      TEST(mutators_stress),
      TEST(mutators_one_p),
  };
  return RUN_TESTS("gc_barrier", tests);
}
