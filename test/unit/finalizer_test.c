/* finalizer_test.c - gc/finalizer.c: what is kept for a finalizer, and for how long,
 * in cycles that the test drives.
 */
#include "gc_hold.h"

#include "gc/finalizer.h"

static tern_type t_closure = {.size = sizeof(tern_closure), .kind = TERN_STRUCT, .align = 8,
                              .name = TERN_STR_INIT("closure")};
static uintptr_t closure; /* hidden: the last one's */
static const tern_type t_fn = {.size = 8, .kind = TERN_FUNC, .align = 8,
                               .name = TERN_STR_INIT("func(*node)")};

static bool set(struct node *n) {
  struct finalizer f = {n, tern_new(&t_closure), &t_node_ptr, &t_fn};
  bool done = finalizer_set(&f);
  if (done) closure = hide(f.fn);
  return done;
}

/* X -> Y; nobody but *mine knows X. */
static __attribute__((noinline)) void make_pair(struct node *volatile *mine, uintptr_t *px,
                                                uintptr_t *py) {
  struct node *n = new_node(17);
  tern_store_ptr(&n->l, new_node(18));
  *px = hide(n);
  *py = hide(n->l);
  *mine = n;
}

static __attribute__((noinline)) void set_and_forget(struct node *volatile *mine) {
  CHECK(set(*mine) && !set(*mine)); /* one for each object */
  *mine = NULL;
}

/* X is due; takes it, looks at it and forgets it. */
static __attribute__((noinline)) void take(uintptr_t hx, uintptr_t hy) {
  struct finalizer f;
  CHECK(finalizer_take(&f) && hide(f.object) == hx && hide(f.fn) == closure);
  struct node *n = f.object;
  CHECK(is_allocated(hx) && is_allocated(hy) && intact(n, 17) && hide(n->l) == hy &&
        intact(n->l, 18));
  CHECK(!finalizer_take(&f));
}

/* On the stack of a goroutine that is gone afterwards, and with it all that it held:
 * stacks are read conservatively. */
static uintptr_t x, y;
static void apart(void (*fn)(void *)) {
  spawn(fn, NULL);
  semacquire(&done_sema);
  while (gcount() > 1) gosched();
}
static void make_due(void *arg) {
  (void)arg;
  struct node *volatile mine = NULL;
  make_pair(&mine, &x, &y);
  set_and_forget(&mine);
  semrelease(&done_sema, false);
}
static void take_due(void *arg) {
  (void)arg;
  take(x, y);
  semrelease(&done_sema, false);
}

/* FIN-1: X is kept once more and all it leads to; then both are gone. */
START_RUNTIME_TEST_ENV(due_once, "GOGC=off") {
  apart(make_due);
  collect();
  apart(take_due);
  collect();
  struct finalizer f;
  CHECK(!is_allocated(x) && !is_allocated(y) && !finalizer_take(&f));
}

/* FIN-4: what is due waits as long as it must. */
START_RUNTIME_TEST_ENV(due_for_long, "GOGC=off") {
  apart(make_due);
  for (int i = 0; i < 4; i++) collect();
  apart(take_due);
}

/* FIN-2: set while marking, when all roots were scanned, on an object that only a
 * spared stack knows; that is then forgotten. */
START_RUNTIME_TEST_ENV(set_while_marking, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  make_pair(&mine, &x, &y);
  hold_cycle();
  mark_but(getg());
  CHECK(!marked(x) && !marked(y));
  set_and_forget(&mine);
  finish_cycle();
  take(x, y);
}

/* FIN-2, the other side: set just before the snapshot, it is a root job. */
START_RUNTIME_TEST_ENV(set_before_marking, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  make_pair(&mine, &x, &y);
  set_and_forget(&mine);
  hold_cycle();
  mark_but(getg());
  CHECK(!marked(x) && marked(y));
  finish_cycle();
  take(x, y);
}

/* WB-3: what is taken, or cleared, while marking, is held by a stack that was scanned. */
static __attribute__((noinline)) void take_into(struct node *volatile *mine,
                                                tern_func volatile *fn) {
  struct finalizer f;
  CHECK(finalizer_take(&f));
  *mine = f.object;
  *fn = f.fn;
}
START_RUNTIME_TEST_ENV(taken_while_marking, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  apart(make_due);
  collect();
  tern_func volatile fn = NULL;
  hold_cycle();
  store_rlx(&getg()->scanned, true); /* nothing is on it yet */
  take_into(&mine, &fn);
  mark_but(NULL);
  finish_cycle();
  CHECK(is_allocated(x) && is_allocated(y) && intact(mine, 17) && intact(mine->l, 18));
  CHECK(hide(fn) == closure && is_allocated(closure));
}

static __attribute__((noinline)) void clear_and_forget(struct node *volatile *mine) {
  CHECK(finalizer_clear(*mine) && !finalizer_clear(*mine));
  *mine = NULL;
}
static void set_and_clear(void *arg) {
  (void)arg;
  struct node *volatile mine = NULL;
  make_pair(&mine, &x, &y);
  struct node *volatile again = mine;
  set_and_forget(&again);
  clear_and_forget(&mine);
  semrelease(&done_sema, false);
}
START_RUNTIME_TEST_ENV(cleared, "GOGC=off") {
  struct finalizer f;
  apart(set_and_clear);
  collect();
  CHECK(!is_allocated(x) && !is_allocated(y) && !finalizer_take(&f));
}

/* Thousands, in many chunks and spans: each is due once, with its own child. */
static __attribute__((noinline)) void make_many(int n) {
  struct node *volatile mine;
  for (int i = 0; i < n; i++) {
    make_pair(&mine, &x, &y);
    set_and_forget(&mine);
  }
}
static __attribute__((noinline)) int take_all(void) {
  struct finalizer f;
  int n = 0;
  while (finalizer_take(&f)) {
    struct node *x = f.object;
    CHECK(intact(x, 17) && intact(x->l, 18) && x->id == 17);
    x->id = 0; /* twice would show */
    n++;
  }
  return n;
}
START_RUNTIME_TEST_ENV(many, "GOGC=off") {
  for (int round = 0; round < 3; round++) {
    make_many(5000);
    collect();
    int n = take_all();
    CHECK(n >= 4990 && n <= 5010); /* an old word may hold one for a while */
  }
}

/* FIN-1: what large objects with finalizers lead to is marked, but not while their table
 * is locked: a job of the roots only queues them. */
enum { LARGE = 100, WORDS = 16384 };
static __attribute__((noinline)) void make_large(uintptr_t *leaf) {
  for (int i = 0; i < LARGE; i++) {
    void **a = tern_new_array(&t_node_ptr, WORDS);
    struct node *n = new_node((uint64_t)i);
    tern_store_ptr(&a[WORDS - 1], n);
    leaf[i] = hide(n);
    struct finalizer f = {a, tern_new(&t_closure), &t_node_ptr, &t_fn};
    CHECK(finalizer_set(&f));
  }
}
static int64_t scanned_in_jobs;
static void do_jobs(void *arg) {
  (void)arg;
  struct gcwork *w = gcw_of(getp());
  int64_t before = w->scan_work;
  for (int64_t i = 0, n = finalizer_jobs(); i < n; i++) finalizer_scan(i, w);
  scanned_in_jobs = w->scan_work - before;
}
START_RUNTIME_TEST_ENV(large, "GOMAXPROCS=1", "GOGC=off") {
  uintptr_t leaf[LARGE];
  make_large(leaf);
  hold_cycle();
  systemstack(do_jobs, NULL);
  CHECK(scanned_in_jobs <= 64 << 10);
  mark_but(NULL);
  finish_cycle();
  for (int i = 0; i < LARGE; i++) CHECK(is_allocated(leaf[i]));
}

int main(void) {
  const runtime_test tests[] = {TEST(due_once), TEST(due_for_long), TEST(set_while_marking),
                                TEST(set_before_marking), TEST(taken_while_marking),
                                TEST(cleared), TEST(many), TEST(large)};
  return RUN_TESTS("finalizer", tests);
}
