/* variants_test.c - the switches that look for faults find the faults they are for:
 * clobberfree, gcshadow, segments (test/variants runs programs with them).
 */
#include "gc_frame.h"

#include "gc/shadow.h"
#include "heap/poison.h"
#include "heap/shadow.h"

/* ---- clobberfree -------------------------------------------------------- */

/* The body dies with these words; the address sanitizer reports the access before. */
static void assert_found(void (*body)(void), const char *words) {
  char text[4096];
  runtime_body = body;
  if (!TERN_ASAN)
    assert_dies(boot_runtime_body, words);
  else
    ck_assert_int_eq(run_child(boot_runtime_body, text, sizeof text), 66);
}

static uintptr_t stale; /* not a root: a plain C variable */
static __attribute__((noinline)) void make_stale(void) {
  deep_list(100);
  stale = (uintptr_t)root->l->l;
  tern_store_ptr(&root, NULL);
}
/* A pointer that outlived its object: reads show the pattern, a write is found by
 * whoever takes the slot. */
static void write_after_free(void) {
  CHECK(heap_poison);
  make_stale();
  collect();
  collect();
  CHECK(*(uint64_t *)stale == POISON_WORD);
  ((struct node *)stale)->id = 5;
  for (int i = 0; i < 100000; i++) new_node(1);
}
START_TEST(clobberfree_slot) {
  if (TERN_ASAN) return; /* a stale pointer stays on the stack in a frame's red zones */
  putenv("GODEBUG=clobberfree=1");
  assert_found(write_after_free, "was written while it was free: word");
}
END_TEST

/* The same for a large object, whose pages are free. */
static __attribute__((noinline)) void make_stale_large(void) {
  stale = (uintptr_t)mallocgc(1 << 20, NULL, true);
}
static void write_to_free_pages(void) {
  make_stale_large();
  collect();
  collect();
  ((uint64_t *)stale)[999] = 5;
  for (int i = 0; i < 100; i++) mallocgc(1 << 20, NULL, true);
}
START_TEST(clobberfree_pages) {
  putenv("GODEBUG=clobberfree=1");
  assert_found(write_to_free_pages, "of pages");
}
END_TEST

/* And for a stack segment that a dead goroutine left. */
static struct segment *left_seg;
static void on_second_segment(void *arg) {
  (void)arg;
  left_seg = getg()->seg;
  CHECK(left_seg->prev);
  semrelease(&done_sema, false);
}
static void leaves_segment(void *arg) { with_stack(STACK_FIRST, on_second_segment, arg); }
static void write_to_free_segment(void) {
  spawn(leaves_segment, NULL);
  semacquire(&done_sema);
  for (int i = 0; i < 20; i++) gosched(); /* it dies */
  ((uint64_t *)left_seg)[100] = 5;
  for (int i = 0; i < 20; i++) {
    spawn(leaves_segment, NULL);
    semacquire(&done_sema);
  }
}
START_TEST(clobberfree_segment) {
  putenv("GODEBUG=clobberfree=1");
  putenv("GOMAXPROCS=1");
  assert_found(write_to_free_segment, "of a stack segment");
}
END_TEST

START_RUNTIME_TEST_ENV(clobberfree_is_quiet, "GODEBUG=clobberfree=1,gcstress=20",
                       "GOMAXPROCS=2") {
  for (int i = 0; i < 50; i++) {
    deep_list(200);
    mallocgc(100000 + i * 1000, NULL, true);
    spawn(leaves_segment, NULL);
    semacquire(&done_sema);
    if (i % 5 == 0) tern_store_ptr(&root, NULL);
  }
}

/* ---- gcshadow (T-emit-wb) ----------------------------------------------- */

/* Between H1 and the end: a store past the barrier, to a heap object or a global. */
static bool to_global;
static __attribute__((noinline)) void store_past_barrier(struct node *n) {
  void **slot = to_global ? (void **)&root : (void **)&root->l;
  store_rlx(slot, (void *)n);
}
static void one_store(void (*store)(struct node *)) {
  tern_store_ptr(&root, new_node(1));
  tern_store_ptr(&roots_array[0], root); /* both objects live on */
  struct node *volatile n = new_node(2);
  spawn(run_gc, NULL);
  while (!load_rlx(&shadow_on) && load_seq(&done_sema) == 0) tern_poll();
  bool in_time = load_rlx(&shadow_on); /* no poll: the cycle cannot end */
  store(n);
  semacquire(&done_sema);
  if (!in_time) one_store(store);
}
static void breaks_rule(void) { one_store(store_past_barrier); }
static void store_with_barrier(struct node *n) {
  tern_store_ptr(&root->l, n);
  struct node tmp = {n, n, 7, 7}, *fresh = new_node(3);
  tern_before_copy(&t_node, fresh, &tmp);
  *fresh = tmp;
  tern_store_ptr(&root->r, fresh);
  tern_store_ptr(&root, fresh);
}
START_TEST(shadow_heap) {
  putenv("GODEBUG=gcshadow=1");
  putenv("GOMAXPROCS=2");
  ASSERT_RUNTIME_DIES(breaks_rule, ", offset 0 of object ");
}
END_TEST
START_TEST(shadow_global) {
  putenv("GODEBUG=gcshadow=1");
  putenv("GOMAXPROCS=2");
  to_global = true;
  ASSERT_RUNTIME_DIES(breaks_rule, "pointer slots were written without a barrier");
}
END_TEST
START_RUNTIME_TEST_ENV(shadow_is_quiet, "GODEBUG=gcshadow=1", "GOMAXPROCS=2") {
  for (int i = 0; i < 20; i++) one_store(store_with_barrier);
}

/* ---- segments ----------------------------------------------------------- */

static int64_t segment_count(void) {
  int64_t n = 0;
  for (struct segment *s = getg()->seg; s; s = s->prev) n++;
  return n;
}
static void nest(void *depth) {
  int64_t d = (int64_t)(uintptr_t)depth;
  CHECK(segment_count() > d);
  if (d < 50) with_stack(0, nest, (void *)(uintptr_t)(d + 1));
}
START_RUNTIME_TEST_ENV(segment_for_each_call, "GODEBUG=segments=1") {
  nest(0);
  collect();
  nest(0);
}

/* A frame that is larger than what it asked for; the debug build sees it when the
 * goroutine leaves the segment. */
static void go_on(void *arg) { (void)arg; }
static void run_over(void) {
  volatile uint64_t *end = (uint64_t *)(getg()->seg + 1);
  end[3] = 17;
  with_stack(1 << 20, go_on, NULL);
}
START_TEST(canary) {
  if (TERN_DEBUG) ASSERT_RUNTIME_DIES(run_over, "ran over the end of the segment");
}
END_TEST

/* With nothing left above the guard a goroutine makes threads: newm, which says so if
 * it is not, is on the system stack. */
static __attribute__((noinline)) void low_on_stack(void (*fn)(void)) {
  volatile char some[40];
  some[0] = 1;
  if (tern_sp > getg()->seg->guard + 200)
    low_on_stack(fn);
  else
    fn();
  some[1] = 1;
}
static void wake_many(void) {
  int64_t had = load_rlx(&sched.mnext);
  for (int i = 0; i < 1000 && load_rlx(&sched.mnext) < had + 4; i++) {
    wakep();
    os_usleep(100);
  }
  CHECK(load_rlx(&sched.mnext) > had);
}
START_RUNTIME_TEST_ENV(thread_from_low_stack, "GOMAXPROCS=8") {
  low_on_stack(wake_many);
  with_stack(1 << 20, go_on, NULL); /* looks at the pattern */
}

int main(void) {
  const runtime_test tests[] = {
      TEST(clobberfree_slot),
      TEST(clobberfree_pages),
      TEST(clobberfree_segment),
      TEST(clobberfree_is_quiet),
      TEST(shadow_heap),
      TEST(shadow_global),
      TEST(shadow_is_quiet),
      TEST(segment_for_each_call),
      TEST(canary),
      TEST(thread_from_low_stack),
  };
  return RUN_TESTS("variants", tests);
}
