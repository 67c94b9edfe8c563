/* gc_test.c - what survives a collection, what does not, and what barriers,
 * colours and pacing owe each other.
 *
 * Conservative stacks may keep a dead object alive, so tests of freeing look at
 * many objects and allow a few.  A pointer that the collector must not see is
 * kept inverted (hide).
 */
#include "runtime_test.h"

#include "debug/memstats.h"
#include "gc/barrier.h"
#include "gc/gc.h"
#include "gc/gcp.h"
#include "gc/malloc.h"
#include "heap/heap.h"
#include "heap/sweep.h"
#include "sched/sema.h"
#include "sched/timer.h"

#define CANARY 0x5ca1ab1e0ddba11u

struct node {
  struct node *l, *r;
  uint64_t id, canary; /* id * CANARY */
};
static const uint64_t node_mask[1] = {3};
static tern_type t_node = {.size = sizeof(struct node), .ptrdata = 16,
                           .ptrmask = node_mask, .kind = TERN_STRUCT,
                           .align = 8, .name = TERN_STR_INIT("node")};
static tern_type t_node_ptr = {.size = 8, .ptrdata = 8,
                               .ptrmask = word0_mask, .kind = TERN_POINTER,
                               .align = 8, .name = TERN_STR_INIT("*node")};

static __attribute__((noinline)) struct node *new_node(uint64_t id) {
  struct node *n = tern_new(&t_node);
  CHECK(!n->l && !n->r && !n->id && !n->canary); /* AB-2: zero */
  n->id = id;
  n->canary = id * CANARY;
  return n;
}
static bool intact(const struct node *n, uint64_t id) {
  return n->id == id && n->canary == id * CANARY;
}
static uintptr_t hide(const void *p) { return ~(uintptr_t)p; }
static bool is_allocated(uintptr_t hidden) {
  struct object o;
  return find_object(~hidden, &o) && object_is_allocated(&o);
}
/* Overwrites what earlier calls left below us on the stack. */
static __attribute__((noinline)) void clean_stack(void) {
  volatile char junk[8192];
  for (unsigned i = 0; i < sizeof junk; i++) junk[i] = 0;
}
static void collect(void) {
  clean_stack();
  gc_run();
}

static struct node *root TERN_GLOBAL;
static void *roots_array[2000] TERN_GLOBAL;

/* ---- Reachable and unreachable ------------------------------------------ */

enum { N = 2000 };
static uintptr_t hidden[N];

static __attribute__((noinline)) void make_many(bool keep_even) {
  for (int i = 0; i < N; i++) {
    struct node *n = new_node((uint64_t)i);
    hidden[i] = hide(n);
    if (keep_even && i % 2 == 0) tern_store_ptr(&roots_array[i], n);
  }
}
static int count_allocated(int from, int step) {
  int n = 0;
  for (int i = from; i < N; i += step) n += is_allocated(hidden[i]);
  return n;
}

START_RUNTIME_TEST(globals_are_roots) {
  make_many(true);
  collect();
  CHECK(count_allocated(0, 2) == N / 2);
  for (int i = 0; i < N; i += 2) CHECK(intact(roots_array[i], (uint64_t)i));
  CHECK(count_allocated(1, 2) < N / 100);
  memset(roots_array, 0, sizeof roots_array);
  collect();
  CHECK(count_allocated(0, 2) < N / 100);
}

/* Freed slots come back zeroed and whole; live ones are not touched. */
START_RUNTIME_TEST(slots_are_reused) {
  make_many(true);
  collect();
  struct mem_stats before, after;
  read_memstats(&before);
  for (int round = 0; round < 50; round++) {
    for (int i = 1; i < N; i += 2) {
      struct node *n = new_node((uint64_t)i);
      tern_store_ptr(&roots_array[i], n);
    }
    collect();
    for (int i = 0; i < N; i++) CHECK(intact(roots_array[i], (uint64_t)i));
  }
  read_memstats(&after);
  CHECK(after.heap_inuse < before.heap_inuse + (1 << 20));
}

static __attribute__((noinline)) void deep_list(int n) {
  for (int i = 0; i < n; i++) {
    struct node *x = new_node((uint64_t)i);
    tern_store_ptr(&x->l, root);
    tern_store_ptr(&root, x);
  }
}
START_RUNTIME_TEST(long_list) { /* no recursion in the marker */
  deep_list(300000);
  collect();
  int n = 300000;
  for (struct node *x = root; x; x = x->l) CHECK(intact(x, (uint64_t)--n));
  CHECK(n == 0);
}

START_RUNTIME_TEST(cycles_are_freed) {
  for (int i = 0; i < N; i++) {
    struct node *a = new_node(1), *b = new_node(2);
    tern_store_ptr(&a->l, b);
    tern_store_ptr(&b->r, a);
    hidden[i] = hide(a);
  }
  collect();
  CHECK(count_allocated(0, 1) < N / 100);
}

/* Any pointer into an object keeps it, be it to its last byte; a pointer just
 * behind it does not. */
START_RUNTIME_TEST(interior_pointers) {
  static const int64_t sizes[] = {16, 48, 512, 3000, 32768, 100000};
  for (int i = 0; i < 600; i++) {
    int64_t size = sizes[i % 6];
    char *p = mallocgc(size, NULL, true);
    p[0] = 1;
    p[size - 1] = (char)i;
    hidden[i] = hide(p);
    tern_store_ptr(&roots_array[i],
                   p + (i % 4 == 0 ? 0 : i % 4 == 1 ? size / 2 : size - 1));
  }
  collect();
  for (int i = 0; i < 600; i++) {
    char *p = (char *)~hidden[i];
    CHECK(is_allocated(hidden[i]) && p[0] == 1);
    CHECK(p[sizes[i % 6] - 1] == (char)i);
  }
}

/* A heap pointer in pointer-free memory is no reference. */
START_RUNTIME_TEST(noscan_is_not_scanned) {
  uint64_t *words = mallocgc(N * 8, NULL, true);
  tern_store_ptr(&roots_array[0], words);
  for (int i = 0; i < N; i++) {
    struct node *n = new_node(7);
    words[i] = (uint64_t)(uintptr_t)n;
    hidden[i] = hide(n);
  }
  collect();
  CHECK(count_allocated(0, 1) < N / 100);
  CHECK(is_allocated(hide(words)));
}

/* The bitmap counts: in {pointer, integer} pairs the integers keep nothing. */
struct pair { struct node *p; uintptr_t n; };
static tern_type t_pair = {.size = 16, .ptrdata = 8, .ptrmask = word0_mask,
                           .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("pair")};
static void check_pairs(int64_t n) {
  struct pair *a = tern_new_array(&t_pair, n);
  tern_store_ptr(&root, a);
  int step = n > N ? (int)(n / N) : 1, count = (int)(n / step);
  for (int i = 0; i < count && i < N; i++) {
    tern_store_ptr(&a[i * step].p, new_node((uint64_t)i));
    struct node *dead = new_node(0);
    a[i * step].n = (uintptr_t)dead;
    hidden[i] = hide(dead);
  }
  if (count > N) count = N;
  collect();
  int left = 0;
  for (int i = 0; i < count; i++) {
    CHECK(is_allocated(hide(a[i * step].p)));
    CHECK(intact(a[i * step].p, (uint64_t)i));
    left += is_allocated(hidden[i]);
  }
  CHECK(left <= count / 20 + 2);
}
START_RUNTIME_TEST(arrays_small) { check_pairs(30); }        /* pattern */
START_RUNTIME_TEST(arrays_typed) { check_pairs(1500); }      /* > 512 bytes */
START_RUNTIME_TEST(arrays_large) { check_pairs(300000); }    /* in pieces */

/* One value of more than 512 bytes, its pointers at both ends. */
struct wide { struct node *first; uint64_t fill[140]; struct node *last; };
static const uint64_t wide_mask[3] = {1, 0, 1ull << 13};
static tern_type t_wide = {.size = sizeof(struct wide),
                           .ptrdata = sizeof(struct wide),
                           .ptrmask = wide_mask, .kind = TERN_STRUCT,
                           .align = 8, .name = TERN_STR_INIT("wide")};
START_RUNTIME_TEST(typed_objects) {
  for (int i = 0; i < N; i++) {
    struct wide *w = tern_new(&t_wide);
    CHECK(!w->first && !w->last);
    tern_store_ptr(&w->first, new_node((uint64_t)i));
    tern_store_ptr(&w->last, new_node((uint64_t)i + 1));
    hidden[i] = hide(new_node(3));
    w->fill[i % 140] = ~hidden[i];
    tern_store_ptr(&roots_array[i], w);
  }
  collect();
  for (int i = 0; i < N; i++) {
    struct wide *w = roots_array[i];
    CHECK(intact(w->first, (uint64_t)i) && intact(w->last, (uint64_t)i + 1));
    CHECK(is_allocated(hide(w->first)) && is_allocated(hide(w->last)));
  }
  CHECK(count_allocated(0, 1) < N / 100);
}

START_RUNTIME_TEST(large_objects) {
  struct mem_stats m;
  for (int i = 0; i < 200; i++) {
    char *p = mallocgc(1 << 20, NULL, true);
    for (int k = 0; k < 1 << 20; k += 4096) CHECK(p[k] == 0);
    memset(p, 0xee, 1 << 20);
    if (i % 50 == 0) tern_store_ptr(&roots_array[i], p);
  }
  collect();
  read_memstats(&m);
  CHECK(m.heap_inuse >= 4 << 20 && m.heap_inuse < 12 << 20);
  for (int i = 0; i < 200; i += 50) CHECK(((uint8_t *)roots_array[i])[99] == 0xee);
}

/* ---- Roots beside globals ----------------------------------------------- */

static uint32_t done_sema;
static bool hold;
static void holder(void *arg) {
  struct node *volatile mine = new_node((uint64_t)(uintptr_t)arg);
  while (load_acq(&hold)) goroutine_sleep(1000000);
  CHECK(intact(mine, (uint64_t)(uintptr_t)arg));
  semrelease(&done_sema, false);
}
static int64_t deep_hold(int64_t n);
static void deep_hold_again(void *p) { *(int64_t *)p = deep_hold(*(int64_t *)p); }
/* Holds a node in each frame, across several segments (E41). */
static __attribute__((noinline)) int64_t deep_hold(int64_t n) {
  if (tern_stack_low()) {
    tern_morestack(deep_hold_again, &n, 0);
    return n;
  }
  struct node *volatile mine = new_node((uint64_t)n);
  int64_t r = n == 0 ? (gc_run(), 0) : deep_hold(n - 1) + 1;
  CHECK(is_allocated(hide(mine)) && intact(mine, (uint64_t)n));
  return r;
}

START_RUNTIME_TEST(stacks_are_roots) {
  hold = true;
  for (int64_t i = 0; i < 100; i++) spawn(holder, (void *)(uintptr_t)i);
  for (int i = 0; i < 5; i++) {
    goroutine_sleep(2000000);
    collect();
    for (int k = 0; k < 20000; k++) new_node(1);
  }
  store_rel(&hold, false);
  for (int i = 0; i < 100; i++) semacquire(&done_sema);
  CHECK(deep_hold(3000) == 3000);
}

/* E40: only a callee-saved register holds the pointer across a system call. */
static uint32_t in_call;
static __attribute__((noinline)) uint64_t call_with_register(void) {
  register struct node *r12 __asm__("r12") = new_node(99);
  __asm__ volatile("" : "+r"(r12));
  clean_stack();
  __asm__ volatile("call entersyscall" : "+r"(r12)::"rax", "rcx", "rdx", "rsi",
                   "rdi", "r8", "r9", "r10", "r11", "memory", "cc");
  store_rel(&in_call, 1);
  while (load_acq(&in_call) == 1) os_yield();
  __asm__ volatile("call exitsyscall" : "+r"(r12)::"rax", "rcx", "rdx", "rsi",
                   "rdi", "r8", "r9", "r10", "r11", "memory", "cc");
  return r12->id;
}
static void caller(void *arg) {
  (void)arg;
  CHECK(call_with_register() == 99);
  semrelease(&done_sema, false);
}
START_RUNTIME_TEST(registers_are_roots) {
  spawn(caller, NULL);
  AWAIT(load_acq(&in_call) == 1);
  collect();
  for (int i = 0; i < 300000; i++) new_node(1);
  collect();
  store_rel(&in_call, 2);
  semacquire(&done_sema);
}

/* Only the new goroutine's closure leads to the node. */
static void check_arg(void *arg) {
  struct node *n = arg;
  CHECK(intact(n, 4711));
  add_seq(&done_sema, 1);
}
START_RUNTIME_TEST(closures_are_roots) {
  for (int round = 0; round < 30; round++) {
    for (int i = 0; i < 200; i++) spawn(check_arg, new_node(4711));
    if (round % 3 == 0) collect();
    for (int i = 0; i < 5000; i++) new_node(1);
  }
  AWAIT(load_acq(&done_sema) == 6000);
}

struct my_timer { struct timer t; struct node *n; };
static const uint64_t my_timer_mask[1] = {1 << 3 | 1 << 6};
static tern_type t_my_timer = {.size = sizeof(struct my_timer),
                               .ptrdata = sizeof(struct my_timer),
                               .ptrmask = my_timer_mask, .kind = TERN_STRUCT,
                               .align = 8, .name = TERN_STR_INIT("timer")};
static void on_time(void *arg, int64_t seq) {
  (void)seq;
  struct my_timer *t = arg;
  CHECK(intact(t->n, 12));
  add_seq(&done_sema, 1);
}
static __attribute__((noinline)) void arm(void) {
  struct my_timer *t = tern_new(&t_my_timer);
  t->t.f = on_time;
  tern_store_ptr(&t->t.arg, t);
  tern_store_ptr(&t->n, new_node(12));
  timer_start(&t->t, os_nanotime() + 100000000, 0);
}
START_RUNTIME_TEST(timers_are_roots) {
  for (int i = 0; i < 100; i++) arm();
  collect();
  for (int i = 0; i < 100000; i++) new_node(1);
  collect();
  AWAIT(load_acq(&done_sema) == 100);
}

/* ---- Barriers, by script ------------------------------------------------ */

static void run_gc(void *arg) {
  (void)arg;
  gc_run();
  semrelease(&done_sema, false);
}
static struct object object_of(uintptr_t hidden_ptr) {
  struct object o;
  CHECK(find_object(~hidden_ptr, &o));
  return o;
}

/* A list so long that marking it takes a while; its last node's r is the only
 * pointer to the victim.  Returns the last node, hidden. */
static __attribute__((noinline)) uintptr_t long_list_with(uintptr_t *victim) {
  tern_store_ptr(&root, NULL);
  struct node *last = new_node(1);
  struct node *v = new_node(13);
  *victim = hide(v);
  tern_store_ptr(&last->r, v);
  tern_store_ptr(&root, last);
  for (int i = 0; i < 200000; i++) {
    struct node *x = new_node(0);
    tern_store_ptr(&x->l, root);
    tern_store_ptr(&root, x);
  }
  return hide(last);
}

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
    while (load_seq(&gc_phase) != GC_MARK) gosched();
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
  while (load_seq(&gc_phase) != GC_OFF) gosched();
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
  for (int round = 0; round < 200 && hidden_rounds < 5; round++) {
    struct node *volatile mine = NULL;
    uintptr_t victim;
    make_victim(&mine, &victim);
    if (prepare) prepare(&mine);
    tern_store_ptr(&root, new_node(18)); /* becomes black early */
    uintptr_t black = hide(root);
    clean_stack();
    spawn(run_gc, NULL);
    while (load_seq(&gc_phase) != GC_MARK) tern_poll();
    /* From here without poll until the pointer is gone from this stack. */
    bool fresh = !load_rlx(&getg()->scanned);
    int64_t until = os_nanotime() + 100000000;
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
START_RUNTIME_TEST_ENV(allocate_black, "GOMAXPROCS=2", "GOGC=off") {
  uintptr_t victim;
  long_list_with(&victim);
  uintptr_t before = hide(new_node(5));
  clean_stack();
  spawn(run_gc, NULL);
  while (load_seq(&gc_phase) != GC_MARK) gosched();
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
  CHECK(in_time);
  semacquire(&done_sema);
  for (int i = 0; i < 4; i++) CHECK(is_allocated(made[i]));
  (void)before;
  collect();
  int left = 0;
  for (int i = 0; i < 4; i++) left += is_allocated(made[i]);
  CHECK(left < 4);
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

/* ---- Statistics and pacing ---------------------------------------------- */

static void check_equations(const struct mem_stats *m) {
  CHECK(m->alloc == m->heap_alloc && m->alloc <= m->total_alloc);
  CHECK(m->mallocs >= m->frees && m->heap_objects == m->mallocs - m->frees);
  CHECK(m->heap_sys == m->heap_inuse + m->heap_idle);
  CHECK(m->heap_released <= m->heap_idle && m->heap_alloc <= m->heap_inuse);
  CHECK(m->sys == m->heap_sys + m->stack_sys + m->mspan_sys + m->mcache_sys +
                      m->buckhash_sys + m->gc_sys + m->other_sys);
  CHECK(m->num_forced_gc <= m->num_gc);
}

START_RUNTIME_TEST(memstats_add_up) {
  struct mem_stats a, b;
  read_memstats(&a);
  check_equations(&a);
  for (int i = 0; i < 100000; i++) new_node(1);
  read_memstats(&b);
  check_equations(&b);
  CHECK(b.mallocs - a.mallocs >= 100000);
  CHECK(b.mallocs - a.mallocs < 100000 + 5); /* exact, but for sysmon's kin */
  CHECK(b.total_alloc - a.total_alloc >= 100000 * 32);
  int64_t forced = b.num_forced_gc;
  collect();
  read_memstats(&a);
  check_equations(&a);
  CHECK(a.num_forced_gc == forced + 1 && a.frees > b.frees);
  CHECK(a.heap_alloc < 1 << 20);
  CHECK(a.pause_total_ns >= a.pause_ns[(a.num_gc + 255) % 256]);
  CHECK(a.last_gc > 1600000000000000000u && a.next_gc >= 4 << 20);
}

START_RUNTIME_TEST_ENV(gogc_off, "GOGC=off") {
  for (int i = 0; i < 100; i++) mallocgc(1 << 20, NULL, true);
  CHECK(gc_totals.cycles == 0);
  CHECK(gc_set_percent(100) == -1);
  for (int i = 0; i < 20; i++) mallocgc(1 << 20, NULL, true);
  AWAIT(load_rlx(&gc_totals.cycles) > 0);
  CHECK(gc_set_percent(-1) == 100);
}

/* The heap stays near its goal while four goroutines allocate as fast as they
 * can over 30 MB of live lists (T-pacing). */
static int64_t overshoots, cycles_seen, assisted;
static void watch_cycle(const struct gc_cycle *c) {
  cycles_seen++;
  if (c->assist_ns > 0) assisted++;
  if (c->heap_end > c->heap_goal + c->heap_goal / 2 + (4 << 20)) overshoots++;
  CHECK(c->stops >= 1 && c->waves >= c->stops);
  CHECK(c->heap_end >= c->heap_start && c->mark_ns >= 0 && c->stop_ns > 0);
}
static void churn(void *arg) {
  (void)arg;
  for (int i = 0; i < 1500000; i++) {
    new_node(1);
    tern_poll();
  }
  semrelease(&done_sema, false);
}
START_RUNTIME_TEST_ENV(pacing, "GOMAXPROCS=2") {
  deep_list(1000000);
  gc_trace_hook = watch_cycle;
  for (int i = 0; i < 4; i++) spawn(churn, NULL);
  for (int i = 0; i < 4; i++) semacquire(&done_sema);
  CHECK(cycles_seen >= 3 && assisted > 0);
  CHECK(overshoots == 0);
}

START_RUNTIME_TEST_ENV(memory_limit, "GOGC=off", "GOMEMLIMIT=64MiB") {
  struct mem_stats m;
  for (int i = 0; i < 400; i++) {
    mallocgc(1 << 20, NULL, true);
    read_memstats(&m);
    CHECK(m.sys - m.heap_released < (80 << 20) + m.stack_sys);
  }
  CHECK(m.num_gc >= 3);
}

/* SEM-4: statistics do not wait for the end of marking. */
START_RUNTIME_TEST_ENV(stats_while_marking, "GOMAXPROCS=2", "GOGC=off") {
  uintptr_t victim;
  long_list_with(&victim);
  int during = 0;
  for (int i = 0; i < 20 && !during; i++) {
    spawn(run_gc, NULL);
    while (load_seq(&gc_phase) != GC_MARK) gosched();
    struct mem_stats m;
    read_memstats(&m);
    check_equations(&m);
    during += load_seq(&gc_phase) == GC_MARK;
    semacquire(&done_sema);
  }
  CHECK(during > 0);
}

/* E10: gcsema, not worldsema, spans the mark; GOMAXPROCS waits for it. */
START_RUNTIME_TEST_ENV(procs_wait_for_gc, "GOMAXPROCS=2", "GOGC=off") {
  uintptr_t victim;
  long_list_with(&victim);
  for (int i = 0; i < 10; i++) {
    spawn(run_gc, NULL);
    while (load_seq(&gc_phase) != GC_MARK) gosched();
    set_gomaxprocs(3 - i % 2);
    CHECK(load_seq(&gc_phase) == GC_OFF);
    semacquire(&done_sema);
  }
}

int main(void) {
  const runtime_test tests[] = {
      TEST(globals_are_roots), TEST(slots_are_reused), TEST(long_list),
      TEST(cycles_are_freed), TEST(interior_pointers),
      TEST(noscan_is_not_scanned), TEST(arrays_small), TEST(arrays_typed),
      TEST(arrays_large), TEST(typed_objects), TEST(large_objects),
      TEST(stacks_are_roots), TEST(registers_are_roots),
      TEST(closures_are_roots), TEST(timers_are_roots), TEST(hide_from_heap),
      TEST(hide_from_stack), TEST(hide_in_newproc), TEST(allocate_black), TEST(mutators),
      TEST(mutators_checkmark), TEST(mutators_tiny_buffers),
      TEST(mutators_stress), TEST(mutators_one_p), TEST(memstats_add_up),
      TEST(gogc_off), TEST(pacing), TEST(memory_limit),
      TEST(stats_while_marking), TEST(procs_wait_for_gc)};
  return RUN_TESTS("gc", tests);
}
