/* lockrank_test.c - the order of locks: the debug build's check, what it prints, the
 * tool that makes its table, and which orders it records.
 *
 * The check is compiled into this test, whatever VARIANT is.  Which locks are meant
 * hardly matters here; the pairs are looked up in the table (some_pair).
 */
#if TERN_DEBUG
#define DEBUG_ARCHIVE 1 /* the rest of the runtime checks itself, too */
#endif
#undef TERN_DEBUG
#define TERN_DEBUG 1
#include "runtime_test.h"

#include "debug/lockstack.h"
#include "sched/sema.h"
#include "sync/lock.c" /* take the place of the archive's */
#include "sync/lockrank.c"

static mutex by_rank[RANK_COUNT];
static enum lock_rank first, second;

static void init_by_rank(void) {
  for (int i = 1; i < RANK_COUNT; i++) lock_init(&by_rank[i], (enum lock_rank)i);
}

/* ---- The check (LK-1) --------------------------------------------------- */

static void take_two(void) {
  lock(&by_rank[first]);
  lock(&by_rank[second]);
  os_print("fine\n");
  os_exit(2);
}

static void assert_two(bool allowed) {
  char want[128];
  snprintf(want, sizeof want, "lock rank: %s taken while %s is held", ranks[second].name,
           ranks[first].name);
  assert_dies(take_two, allowed ? "fine" : want);
}

/* Whatever the table says of a pair, the lock does.  (fork for each of a thousand
 * pairs would be slow, so some ranks against all.) */
START_TEST(order_is_checked) {
  init_by_rank();
  enum lock_rank some[] = {RANK_SCHED, RANK_HEAP, RANK_WORLDSEMA};
  for (int k = 0; k < 3; k++) {
    for (int i = 1; i < RANK_COUNT; i++) {
      first = some[k], second = (enum lock_rank)i;
      assert_two(rank_allows(first, second));
    }
  }
}
END_TEST

/* An order, and part of it only: what is not said is forbidden both ways. */
START_TEST(order_is_partial) {
  int unordered = 0;
  for (enum lock_rank a = 1; a < RANK_COUNT; a++) {
    ck_assert(!rank_allows(a, a));
    for (enum lock_rank b = 1; b < RANK_COUNT; b++) {
      ck_assert(!(rank_allows(a, b) && rank_allows(b, a)));
      unordered += !rank_allows(a, b) && !rank_allows(b, a);
      for (enum lock_rank c = 1; c < RANK_COUNT; c++)
        if (rank_allows(a, b) && rank_allows(b, c)) ck_assert(rank_allows(a, c));
    }
  }
  ck_assert_int_gt(unordered, RANK_COUNT);
  init_by_rank();
  first = RANK_PINS, second = RANK_TIMERS;
  assert_two(false);
  first = RANK_TIMERS, second = RANK_PINS;
  assert_two(false);
}
END_TEST

static mutex hchans[2] = {MUTEX_INIT(HCHAN), MUTEX_INIT(HCHAN)};
static void hchans_up(void) {
  lock(&hchans[0]);
  lock(&hchans[1]);
  os_print("fine\n");
  os_exit(2);
}
static void hchans_down(void) {
  lock(&hchans[1]);
  lock(&hchans[0]);
}

/* Channels are the exception: several at once, in the order of addresses. */
START_TEST(order_by_address) {
  assert_dies(hchans_up, "fine");
  assert_dies(hchans_down, "lock rank: HCHAN taken while HCHAN is held");
}
END_TEST

/* A select with more channels than the list has room for. */
START_TEST(many_channels) {
  static mutex many[3 * MAX_HELD];
  for (int i = 0; i < 3 * MAX_HELD; i++) {
    lock_init(&many[i], RANK_HCHAN);
    lock(&many[i]);
  }
  for (int i = 0; i < 3 * MAX_HELD; i++) unlock(&many[i]);
  assert_no_locks();
}
END_TEST

/* Unlocking in another order must not confuse the list. */
static void unlock_outer_first(void) {
  mutex a = MUTEX_INIT(SCHED), b = MUTEX_INIT(HEAP), c = MUTEX_INIT(CENTRAL);
  lock(&a);
  lock(&b);
  unlock(&a);
  lock(&c);
}
static void not_held(void) {
  mutex a = MUTEX_INIT(SCHED);
  assert_held(&a);
}
static void some_held(void) {
  mutex a = MUTEX_INIT(SCHED);
  lock(&a);
  assert_held(&a);
  assert_no_locks();
}
static void no_rank(void) {
  static mutex a;
  lock(&a);
}
START_TEST(what_is_held) {
  assert_dies(unlock_outer_first, "CENTRAL taken while HEAP is held");
  assert_dies(not_held, "lock SCHED is not held");
  assert_dies(some_held, "lock SCHED is held");
  assert_dies(no_rank, "has no rank");
  assert_no_locks();
}
END_TEST

/* LK-6: a path that takes a lock only now and then fails each time. */
static void rare_path(void) {
  static mutex a = MUTEX_INIT(HEAP);
  lock(&a);
  wakep(); /* nobody is idle: nothing to do */
}
static void announces(void) {
  static mutex a = MUTEX_INIT(HEAP);
  lock(&a);
  lock_may_acquire(RANK_STATS);
  lock_may_acquire(RANK_SCHED);
}
static void nests(void) {
  static mutex a = MUTEX_INIT(SCHED);
  pseudo_lock(RANK_GSCAN, &first);
  lock(&a);
}
START_TEST(announced) {
  assert_dies(announces, "SCHED taken while HEAP is held");
  assert_dies(nests, "SCHED taken while GSCAN is held");
#ifdef DEBUG_ARCHIVE
  ASSERT_RUNTIME_DIES(rare_path, "SCHED taken while HEAP is held");
#else
  (void)rare_path;
#endif
}
END_TEST

/* ---- Semaphores (LK-4, SEM-1) --------------------------------------------- */

static void waits_with_a_lock(void) {
  static mutex a = MUTEX_INIT(TIMERS);
  static uint32_t sema = 1;
  lock(&a);
  semacquire(&sema);
}
static void semas_inverted(void) {
  semacquire(&worldsema);
  semacquire(&gcsema);
}
static void not_the_holder(void *arg) {
  (void)arg;
  semrelease(&worldsema, false);
}
static void released_by_another(void) {
  semacquire(&worldsema);
  spawn(not_the_holder, NULL);
  for (;;) gosched();
}
START_TEST(semaphores) {
#ifdef DEBUG_ARCHIVE
  ASSERT_RUNTIME_DIES(waits_with_a_lock, "SEMA taken while TIMERS is held");
  ASSERT_RUNTIME_DIES(semas_inverted, "GCSEMA taken while WORLDSEMA is held");
  ASSERT_RUNTIME_DIES(released_by_another, "WORLDSEMA is released by another than its holder");
#else
  (void)waits_with_a_lock, (void)semas_inverted, (void)released_by_another;
#endif
}
END_TEST

/* ---- What a violation prints ------------------------------------------------ */

static mutex heap = MUTEX_INIT(HEAP), sched_mutex = MUTEX_INIT(SCHED);
#define FRAME_OF_ITS_OWN __attribute__((noinline))
FRAME_OF_ITS_OWN void takes_inner(void) __asm__("main.takesInner");
FRAME_OF_ITS_OWN void calls_inner(void) __asm__("main.callsInner");
FRAME_OF_ITS_OWN void takes_outer(void *arg) __asm__("takes_outer");
FRAME_OF_ITS_OWN void calls_outer(void) __asm__("main.callsOuter");

/* The lines below belong to a Go file that does not exist. */
#line 200 "/src/prog.go"
void takes_inner(void) {
  lock(&heap); __asm__ volatile("");
}
void calls_inner(void) {
  takes_inner(); __asm__ volatile("");
}
void takes_outer(void *arg) {
  lock(&sched_mutex); __asm__ volatile("");
}
void calls_outer(void) {
  systemstack(takes_outer, NULL); __asm__ volatile("");
}
#line 223 "lockrank_test.c"

/* What main.c does in the debug build, before there is a second thread. */
static void boot_with_stacks(void) {
  lockstack_init();
  boot_runtime_body();
}
static void inverts(void) {
  calls_inner();
  calls_outer();
}

/* In this order in text, which is cut to what lies behind each. */
static void assert_lines(const char *text, const char *const *line, int n) {
  const char *at = text;
  for (int i = 0; i < n; i++) {
    const char *hit = strstr(at, line[i]);
    ck_assert_msg(hit != NULL, "no \"%s\" after line %d of what is wanted in: %s", line[i],
                  i, text);
    at = hit + strlen(line[i]);
  }
}

/* The stack of now, from the system stack on to the goroutine's; then where the lock
 * that is held was taken, by a function that has returned. */
START_TEST(both_stacks) {
  static char text[16384];
  runtime_body = inverts;
  ck_assert_int_eq(run_child(boot_with_stacks, text, sizeof text), 2);
  static const char *const want[] = {
      "lock SCHED is about to be taken at\n", "takes_outer(...)\n\t/src/prog.go:207 +0x",
      "os_call_on(...)\n", "main.callsOuter(...)\n\t/src/prog.go:210 +0x",
      "inverts(...)\n", "run_main(...)\n",
      "while lock HEAP is held, which was taken at\n",
      "main.takesInner(...)\n\t/src/prog.go:201 +0x",
      "main.callsInner(...)\n\t/src/prog.go:204 +0x",
      "inverts(...)\n", "run_main(...)\n",
      "fatal error: lock rank: SCHED taken while HEAP is held"};
  assert_lines(text, want, sizeof want / sizeof want[0]);
}
END_TEST

/* LK-5: with every lock held that there is, a thread can still die. */
static void dies_with_all(void) {
  init_by_rank();
  enum lock_rank before = 0;
  for (int r = 1; r < RANK_COUNT; r++) { /* one chain of them for the check ... */
    if (before && !rank_allows(before, (enum lock_rank)r)) continue;
    lock(&by_rank[r]);
    before = (enum lock_rank)r;
  }
  lock(&by_rank[RANK_SCHED]);
}
static void locks_in_traceback(int is_throw) {
  (void)is_throw;
  static mutex l = MUTEX_INIT(STATS);
  lock(&l);
}
static void locks_while_dying(void) {
  os_traceback_hook = locks_in_traceback;
  throw("over");
}
START_TEST(death_takes_no_lock) {
  runtime_body = dies_with_all;
  static char text[16384];
  ck_assert_int_eq(run_child(boot_with_stacks, text, sizeof text), 2);
  ck_assert_msg(strstr(text, "fatal error: lock rank: SCHED taken") &&
                    strstr(text, "goroutine 1 ["),
                "%s", text);
  ck_assert_msg(strstr(text, "thread that dies") == NULL, "%s", text);
  assert_dies(locks_while_dying, "lock STATS is taken by a thread that dies (LK-5)");
}
END_TEST

/* ---- Which orders occur ------------------------------------------------------- */

START_TEST(edges_are_recorded) {
  char path[] = "/tmp/tern-edges.XXXXXX", command[200], text[8192];
  close(mkstemp(path));
  ck_assert(rank_edges_to(path));
  mutex a = MUTEX_INIT(STACK_POOL), b = MUTEX_INIT(HEAP);
  lock(&a);
  lock(&b);
  lock_may_acquire(RANK_STATS);
  unlock(&b);
  unlock(&a);
  snprintf(command, sizeof command, "tools/lockrank edges %s", path);
  FILE *f = popen(command, "r");
  text[fread(text, 1, sizeof text - 1, f)] = 0;
  ck_assert_int_eq(WEXITSTATUS(pclose(f)), 1);
  unlink(path);
  ck_assert(strstr(text, ": never seen: SCHED < HEAP\n") != NULL);
  ck_assert(strstr(text, "STACK_POOL < HEAP") == NULL);
  ck_assert(strstr(text, ": only announced, never taken: HEAP < STATS\n") != NULL);
}
END_TEST

/* ---- The tool -------------------------------------------------------------------- */

/* What tools/lockrank says of this graph. */
static const char *of_graph(const char *mode, const char *graph, int *status) {
  static char text[4096];
  char path[] = "/tmp/tern-graph.XXXXXX", command[200];
  int fd = mkstemp(path);
  ck_assert_int_eq(write(fd, graph, strlen(graph)), (ssize_t)strlen(graph));
  close(fd);
  snprintf(command, sizeof command, "tools/lockrank %s %s 2>&1", mode, path);
  FILE *f = popen(command, "r");
  text[fread(text, 1, sizeof text - 1, f)] = 0;
  *status = WEXITSTATUS(pclose(f));
  unlink(path);
  return text;
}

#define THREE "lock A x/a.c one\nlock B x/b.c two\nlock C leaf x/c.c three\n"

START_TEST(bad_graphs) {
  static const struct { const char *graph, *complaint; } bad[] = {
      {THREE "A < B\nB < A # no\n", ":5: a cycle: A < B (line 4) < A (line 5)\n"},
      {"lock A x/a.c w\nlock B x/b.c w\nlock D x/d.c w\nD < A\nA < B\nB < D\n",
       ":4: a cycle: A < B (line 5) < D (line 6) < A (line 4)\n"},
      {THREE "A < E\n", ":4: E is not declared\n"},
      {THREE "group G = A E\nG < C\n", ":4: E is not declared\n"},
      {THREE "lock B x/d.c again\n", ":4: B is declared a second time, first in line 2\n"},
      {THREE "A < B\nA < C\nA < B\n", ":6: A < B is said a second time, first in line 4\n"},
      {THREE "A < B\nB < C\nA < C\n", ":6: A < C follows from A < B < C\n"},
      {THREE "never A < C\nA < B\nB < C\n", ":4: never, but allowed: A < B < C\n"},
      {THREE "C < A\n", ":4: C is a leaf"},
      {THREE "A < A\n", ":4: A < A: by-address"},
      {THREE "sema S x/s.c four\nA < S\n", ":5: S is a semaphore"},
      {THREE "A B\n", ":4: NAME... < NAME..."},
      {THREE "lock D x/d.c\n", ":4: D needs a word on what it protects\n"},
      {THREE "lock D words\n", ":4: D needs the file that has it"},
      {THREE "lock d x/d.c words\n", ":4: lock needs a name in capitals\n"},
  };
  for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    int status;
    const char *said = of_graph("header", bad[i].graph, &status);
    ck_assert_msg(status == 1 && strstr(said, bad[i].complaint) != NULL,
                  "no \"%s\", status %d: %s", bad[i].complaint, status, said);
    ck_assert_msg(strstr(said, "#define") == NULL, "a header is made of %s", bad[i].graph);
  }
}
END_TEST

/* The closure, by way of a lock and of a group; names may be used before they are
 * declared.  Bits: A is rank 1. */
START_TEST(good_graph) {
  int status;
  const char *said = of_graph(
      "header",
      "group G = A B\nG < C\nC < D # why\n\n"
      "lock A x/a.c one\nlock B by-address x/b.c two\nlock C x/c.c three\n"
      "lock D leaf x/d.c four\n", &status);
  ck_assert_int_eq(status, 0);
  static const char *const want[] = {
      "X(A, 0x0000000000000000u, false)", "X(B, 0x0000000000000000u, true)",
      "X(C, 0x0000000000000006u, false)", "X(D, 0x000000000000000eu, false)"};
  assert_lines(said, want, 4);
}
END_TEST

int main(void) {
  const runtime_test tests[] = {
      TEST(order_is_checked), TEST(order_is_partial), TEST(order_by_address),
      TEST(many_channels),    TEST(what_is_held),     TEST(announced),
      TEST(semaphores),       TEST(both_stacks),      TEST(death_takes_no_lock),
      TEST(edges_are_recorded), TEST(bad_graphs),     TEST(good_graph)};
  return RUN_TESTS("lockrank", tests);
}
