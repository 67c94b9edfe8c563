/* gc_test.c - what survives a collection and what does not; statistics, pacing.
 *
 * Conservative stacks may keep a dead object alive, so tests of freeing look at
 * many objects and allow a few.  A pointer that the collector must not see is
 * kept inverted (hide).
 */
#include "gc_frame.h"

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

/* T-sweep-reclaim (golang/go#21378): freed slots come back, zeroed and whole, before the
 * heap grows; live ones are not touched. */
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

static bool hold;
static void holder(void *arg) {
  struct node *volatile mine = new_node((uint64_t)(uintptr_t)arg);
  while (load_acq(&hold)) goroutine_sleep(1000000);
  CHECK(intact(mine, (uint64_t)(uintptr_t)arg));
  semrelease(&done_sema, false);
}
static int64_t deep_hold(int64_t n);
static void deep_hold_again(void *p) { *(int64_t *)p = deep_hold(*(int64_t *)p); }
/* T-seg-root (E41): holds a node in each frame, across several segments. */
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

/* T-seg-stale (E41, SC-1): what returned from an older segment, before a call
 * crossed out of it, is dead. */
enum { STALE = 400 };
static __attribute__((noinline)) void leave_stale(void) {
  struct node *volatile frame[STALE];
  for (int i = 0; i < STALE; i++) {
    frame[i] = new_node((uint64_t)i);
    hidden[i] = hide(frame[i]);
  }
}
static void collect_here(void *arg) {
  (void)arg;
  gc_run();
}
static void cross_above_stale(void *arg) {
  (void)arg;
  int64_t room = (int64_t)(getg()->seg->hi - getg()->seg->lo);
  leave_stale();
  struct segment *older = getg()->seg;
  with_stack(room, collect_here, NULL);
  CHECK(getg()->seg == older);
  int left = 0;
  for (int i = 0; i < STALE; i++) left += is_allocated(hidden[i]);
  CHECK(TERN_ASAN || left < STALE / 20);
  semrelease(&done_sema, false);
}
START_RUNTIME_TEST(stale_frames) {
  spawn(cross_above_stale, NULL);
  semacquire(&done_sema);
}

/* T-reg-root (E40): only a callee-saved register holds the pointer across a system call. */
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
    while (load_seq(&gc_phase) != GC_MARK && load_seq(&done_sema) == 0)
      gosched();
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
    while (load_seq(&gc_phase) != GC_MARK && load_seq(&done_sema) == 0)
      gosched();
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
      TEST(stacks_are_roots), TEST(stale_frames), TEST(registers_are_roots),
      TEST(closures_are_roots), TEST(timers_are_roots), TEST(memstats_add_up),
      TEST(gogc_off), TEST(pacing), TEST(memory_limit),
      TEST(stats_while_marking), TEST(procs_wait_for_gc)};
  return RUN_TESTS("gc", tests);
}
