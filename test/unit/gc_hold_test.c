/* gc_hold_test.c - colours and barriers in a cycle that the test drives.
 *
 * Most tests hide the only pointer to a white object where no scan will find it, in
 * the worst moment; the rule that the test names must save the object.
 */
#include "gc_hold.h"

/* The only pointer is in *mine, on the stack of the running goroutine. */
static __attribute__((noinline)) uintptr_t make_on_stack(
    struct node *volatile *mine) {
  *mine = new_node(17);
  return hide(*mine);
}

/* T-hide-heap (E20, WB-3): a black stack takes the only pointer out of the
 * heap. */
static __attribute__((noinline)) void take_from_heap(struct node *volatile *to) {
  *to = root->l;
  tern_store_ptr(&root->l, NULL);
}
static __attribute__((noinline)) uintptr_t make_in_heap(void) {
  tern_store_ptr(&root, new_node(18));
  tern_store_ptr(&root->l, new_node(17));
  return hide(root->l);
}
START_RUNTIME_TEST_ENV(hide_heap, "GOMAXPROCS=2", "GOGC=off") {
  uintptr_t victim = make_in_heap();
  struct node *volatile mine = NULL;
  hold_cycle();
  CHECK(!marked(victim));
  store_rlx(&getg()->scanned, true); /* nothing is on it yet */
  take_from_heap(&mine);
  mark_but(NULL);
  finish_cycle();
  CHECK(is_allocated(victim) && intact(mine, 17));
}

/* T-hide-stack (E21, WB-4): a white stack puts the only pointer into a black
 * object and forgets it. */
static __attribute__((noinline)) void put_into_black(
    struct node *volatile *from) {
  tern_store_ptr(&root->l, *from);
  *from = NULL;
}
START_RUNTIME_TEST_ENV(hide_stack, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t victim = make_on_stack(&mine);
  tern_store_ptr(&root, new_node(18));
  uintptr_t black = hide(root);
  hold_cycle();
  mark_but(getg());
  CHECK(marked(black) && !marked(victim));
  put_into_black(&mine);
  finish_cycle();
  CHECK(is_allocated(victim) && intact(root->l, 17));
}

/* SC-8: the goroutine for a thread of C is born without a P, so that the phase may be
 * another by the time that it begins.  A mark "scanned" from this cycle would save
 * its stack from the scan of the next. */
static bool born_scanned;
static void look_at_birth(void *arg) {
  (void)arg;
  born_scanned = getg()->scanned;
}
static void *foreign_thread(void *arg) {
  c_calls_go(look_at_birth, arg);
  return NULL;
}
static void run_foreign_thread(void *arg) {
  pthread_t t;
  CHECK(pthread_create(&t, NULL, foreign_thread, arg) == 0 && pthread_join(t, NULL) == 0);
}
START_RUNTIME_TEST_ENV(foreign_birth, "GOMAXPROCS=2", "GOGC=off") {
  hold_cycle();
  go_calls_c(run_foreign_thread, NULL);
  CHECK(!born_scanned);
  mark_but(NULL);
  finish_cycle();
}

/* T-newproc-hide (E27, WB-12): the only pointer goes into the closure of a
 * goroutine that is born black. */
static uint32_t may_look;
static void look_at(void *arg) {
  semacquire(&may_look);
  CHECK(is_allocated(hide(arg)) && intact(arg, 17));
  semrelease(&done_sema, false);
}
static __attribute__((noinline)) uintptr_t make_task(struct node *volatile *mine) {
  struct task *t = tern_new(&t_task);
  t->closure.fn = (void *)task_code;
  t->fn = look_at;
  tern_store_ptr(&t->arg, new_node(17));
  *mine = (struct node *)t;
  return hide(t);
}
static __attribute__((noinline)) void go_and_forget(struct node *volatile *mine) {
  tern_go((tern_func)*mine);
  *mine = NULL;
}
START_RUNTIME_TEST_ENV(hide_newproc, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t task = make_task(&mine);
  hold_cycle();
  mark_but(getg());
  CHECK(!marked(task));
  go_and_forget(&mine);
  finish_cycle();
  CHECK(is_allocated(task));
  semrelease(&may_look, false);
  semacquire(&done_sema);
}

/* ---- Channels, copies, fresh objects ------------------------------------ */

/* T-chan-hide (E28, WB-12): the only pointer goes from a white stack to that of
 * a black goroutine that waits for it. */
CHAN_TYPE(t_chan_node, t_node_ptr);
static tern_chan *pipe_chan TERN_GLOBAL;
static struct g *receiver_g;
static uintptr_t received;
static void receiver(void *arg) {
  (void)arg;
  struct node *volatile got = NULL;
  store_rel(&receiver_g, getg());
  CHECK(tern_chanrecv(pipe_chan, (void *)&got));
  store_rel(&received, hide(got));
  semacquire(&may_look);
  CHECK(is_allocated(received) && intact(got, 17));
  semrelease(&done_sema, false);
}
static __attribute__((noinline)) void send_and_forget(
    struct node *volatile *mine) {
  tern_chansend(pipe_chan, (void *)mine);
  *mine = NULL;
}
START_RUNTIME_TEST_ENV(hide_chan, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t victim = make_on_stack(&mine);
  tern_store_ptr(&pipe_chan, tern_makechan(&t_chan_node, 0));
  spawn(receiver, NULL);
  AWAIT(load_acq(&receiver_g) && readgstatus(receiver_g) == _Gwaiting);
  hold_cycle();
  mark_but(getg());
  CHECK(receiver_g->scanned && !marked(victim));
  send_and_forget(&mine);
  AWAIT(load_acq(&received) == victim);
  finish_cycle();
  CHECK(is_allocated(victim));
  semrelease(&may_look, false);
  semacquire(&done_sema);
}

/* RT-2: timers change places while the collector visits their heap in parts.  What
 * moves to a place that was visited already is grey by that. */
static struct timer movers[2];
static __attribute__((noinline)) uintptr_t arm_movers(void) {
  movers[0].arg = movers[1].arg = NULL;
  timer_start(&movers[0], os_nanotime() + (int64_t)3600e9, 0);
  movers[1].arg = new_node(17); /* the only pointer to it */
  timer_start(&movers[1], os_nanotime() + (int64_t)7200e9, 0);
  return hide(movers[1].arg);
}
START_RUNTIME_TEST_ENV(hide_timer, "GOMAXPROCS=1", "GOGC=off") {
  uintptr_t victim = arm_movers();
  hold_cycle();
  CHECK(!marked(victim));
  CHECK(timer_stop(&movers[0])); /* the other one takes its place */
  wb_flush(getp());
  CHECK(marked(victim));
  finish_cycle();
  CHECK(is_allocated(victim) && timer_stop(&movers[1]));
}

/* T-bulk-hide (E31, WB-8): a copy of many values overwrites the only pointer,
 * which a black stack has just read. */
static struct node **four TERN_GLOBAL, **zeros TERN_GLOBAL;
static __attribute__((noinline)) uintptr_t make_in_array(void) {
  tern_store_ptr(&four, tern_new_array(&t_node_ptr, 4));
  tern_store_ptr(&zeros, tern_new_array(&t_node_ptr, 4));
  tern_store_ptr(&four[2], new_node(17));
  return hide(four[2]);
}
static __attribute__((noinline)) void copy_over(struct node *volatile *to) {
  *to = four[2];
  tern_copy(&t_node_ptr, four, zeros, 4);
}
static __attribute__((noinline)) void assign_over(struct node *volatile *to) {
  *to = four[2];
  copy_value(&t_node_ptr, &four[2], &zeros[2]);
}
static __attribute__((noinline)) void clear_over(struct node *volatile *to) {
  *to = four[2];
  tern_clear(&t_node_ptr, four, 4);
}
static void overwrite_bulk(void (*over)(struct node *volatile *)) {
  uintptr_t victim = make_in_array();
  struct node *volatile mine = NULL;
  hold_cycle();
  store_rlx(&getg()->scanned, true);
  over(&mine);
  CHECK(!four[2] && !marked(victim));
  mark_but(NULL);
  finish_cycle();
  CHECK(is_allocated(victim) && intact(mine, 17));
}
START_RUNTIME_TEST_ENV(hide_copy, "GOGC=off") { overwrite_bulk(copy_over); }
START_RUNTIME_TEST_ENV(hide_assign, "GOGC=off") { overwrite_bulk(assign_over); }
START_RUNTIME_TEST_ENV(hide_clear, "GOGC=off") { overwrite_bulk(clear_over); }

/* T-init-hide (E29, WB-5): the only pointer goes into an object that was born
 * black. */
static struct node **fresh TERN_GLOBAL;
static __attribute__((noinline)) void init_and_forget(
    struct node *volatile *mine) {
  struct node **f = tern_new(&t_node_ptr);
  copy_value_init(&t_node_ptr, f, (void *)mine);
  *mine = NULL;
  fresh = f; /* without barrier: f is black */
}
START_RUNTIME_TEST_ENV(hide_init, "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t victim = make_on_stack(&mine);
  hold_cycle();
  mark_but(getg());
  CHECK(!marked(victim));
  init_and_forget(&mine);
  CHECK(marked(hide(fresh)));
  finish_cycle();
  CHECK(is_allocated(victim) && intact(*fresh, 17));
}

/* E30 (WB-1): nobody is served between the test of the flag and the store. */
static __attribute__((noinline)) void store_one(struct node **slot,
                                                struct node *n) {
  tern_store_ptr(slot, n);
}
START_RUNTIME_TEST_ENV(store_is_no_safepoint, "GOMAXPROCS=1", "GOGC=off") {
  struct node *n = new_node(1);
  for (int i = 0; i < 100; i++) {
    uint32_t tick = getp()->schedtick;
    store_rlx(&getg()->preempt, true);
    store_rlx(&tern_stackguard, TERN_STACK_PREEMPT);
    store_one(&root, n);
    CHECK(load_rlx(&tern_stackguard) == TERN_STACK_PREEMPT);
    CHECK(getp()->schedtick == tick);
    tern_poll();
    CHECK(getp()->schedtick != tick);
  }
}

/* T-term-buf (E32, WB-10): at the end of marking the pointer is known to nobody
 * but the barrier's buffer. */
START_RUNTIME_TEST_ENV(term_buffer, "GOMAXPROCS=2", "GOGC=off") {
  struct node *volatile mine = NULL;
  uintptr_t victim = make_on_stack(&mine);
  tern_store_ptr(&root, new_node(18));
  hold_cycle();
  mark_but(getg());
  lock_preemption(); /* no acknowledgement in between */
  put_into_black(&mine);
  CHECK(getp()->gc->wb_n > 0 && !marked(victim));
  unlock_preemption();
  finish_cycle();
  CHECK(is_allocated(victim) && intact(root->l, 17));
}

/* ---- The colour of new objects ------------------------------------------ */

/* T-alloc-mark (E22, AB-1): born black while marking. */
static uintptr_t born[4];
static __attribute__((noinline)) void give_birth(void) {
  born[0] = hide(new_node(1));
  born[1] = hide(mallocgc(100, NULL, true));
  born[2] = hide(mallocgc(50000, NULL, true));
  born[3] = hide(tern_new(&t_wide));
}
START_RUNTIME_TEST_ENV(alloc_mark, "GOMAXPROCS=2", "GOGC=off") {
  give_birth();
  uintptr_t white = born[0];
  hold_cycle();
  give_birth();
  for (int i = 0; i < 4; i++) CHECK(marked(born[i]));
  CHECK(!marked(white));
  mark_but(NULL);
  finish_cycle();
  for (int i = 0; i < 4; i++) CHECK(is_allocated(born[i]) && !marked(born[i]));
  collect();
  /* ASan's wide frames keep old words, which are roots. */
  for (int i = 0; i < 4; i++) CHECK(TERN_ASAN || !is_allocated(born[i]));
}

/* T-poll-gap: a large object is taken in pieces, each within the budget, so that a stop
 * waits for one piece and not for the object (once 200 ms for 256 MB).  Pieces begin
 * and end inside values; no pointer gets lost at a seam. */
enum { WIDE = 6000, PIECE_BYTES = 128 << 10 };
static struct wide *wides TERN_GLOBAL;
static void *blank TERN_GLOBAL; /* nothing to mark between its pieces */
static int64_t budget_used;
static __attribute__((noinline)) void fill_wides(void) {
  tern_store_ptr(&wides, tern_new_array(&t_wide, WIDE));
  for (int i = 0; i < WIDE; i++) {
    tern_store_ptr((void *)&wides[i].first, new_node((uint64_t)i));
    tern_store_ptr((void *)&wides[i].last, new_node((uint64_t)i + WIDE));
  }
}
static void drain_little(void *arg) {
  (void)arg;
  int64_t done;
  while ((done = gc_drain_n(getp(), 4096)) > 0 || !marked(hide(blank)))
    if (done > budget_used) budget_used = done;
}
START_RUNTIME_TEST_ENV(pieces, "GOMAXPROCS=1", "GOGC=off") {
  fill_wides();
  tern_store_ptr(&blank, tern_new_array(&t_node_ptr, 2 << 20));
  hold_cycle();
  lock_preemption();
  with_stack_released(WAIT_FOR_GC, drain_little, NULL);
  unlock_preemption();
  CHECK(budget_used > 0 && budget_used <= 2 * PIECE_BYTES);
  mark_but(NULL);
  finish_cycle();
  for (int i = 0; i < WIDE; i++) {
    CHECK(is_allocated(hide(wides[i].first)) && is_allocated(hide(wides[i].last)));
    CHECK(intact((void *)wides[i].first, (uint64_t)i));
    CHECK(intact((void *)wides[i].last, (uint64_t)i + WIDE));
  }
}

/* T-start-tiny (E26, MS-10): a P that was in the middle of a run of white slots
 * hands out no more of them after H2. */
START_RUNTIME_TEST_ENV(start_run, "GOMAXPROCS=1", "GOGC=off") {
  for (int round = 0; round < 50; round++) {
    struct tern_cursor *c = &tern_mcache->cursor[layout_of_type(&t_node)];
    new_node(1);
    if (c->free == c->end) continue; /* that was the last of its run */
    hold_cycle();
    CHECK(marked(hide(new_node(1))));
    finish_cycle();
  }
}

/* T-sweep-stale (E36, MT-6): what a P hands out after the end it takes from
 * spans of the new cycle, so it is white.  The allocator leaves its poll after
 * the world has started again, and before it acknowledges anything. */
enum { MANY = 3000 };
static uintptr_t stale[MANY];
static uint32_t allocator_runs;
static void allocate_at_once(void *arg) {
  (void)arg;
  uint32_t gen = load_acq(&heap_sweepgen);
  store_rel(&allocator_runs, 1);
  while (load_acq(&heap_sweepgen) == gen) tern_poll();
  for (int i = 0; i < MANY; i++) {
    struct node *n = tern_new(&t_node);
    tern_store_ptr(&roots_array[i % 2000], n);
    stale[i] = hide(n);
  }
  store_rel(&allocator_runs, 2);
}
/* Whoever started the world goes on only when the allocator is done. */
static void (*real_acquired)(struct p *);
static struct g *ender; /* atomic: the goroutine that ends the cycle */
static void acquired(struct p *pp) {
  real_acquired(pp);
  struct g *gp = load_acq(&ender);
  if (!gp || getm()->curg != gp || load_acq(&allocator_runs) != 1) return;
  if (load_seq(&gc_phase) != GC_OFF) return;
  int64_t until = os_nanotime() + 5000000000;
  while (load_acq(&allocator_runs) == 1)
    if (os_nanotime() > until) throw("sweep_stale: the allocator does not run");
}
START_RUNTIME_TEST_ENV(sweep_stale, "GOMAXPROCS=2", "GOGC=off") {
  stopTheWorld(STW_TEST); /* every thread reads the hook */
  real_acquired = sched_hooks.p_acquired;
  sched_hooks.p_acquired = acquired;
  startTheWorld();
  for (int round = 0; round < 5; round++) {
    for (int i = 0; i < MANY; i++) new_node(1);
    hold_cycle();
    store_rel(&allocator_runs, 0);
    spawn(allocate_at_once, NULL);
    AWAIT(load_acq(&allocator_runs) == 1);
    mark_but(NULL);
    store_rel(&ender, getg());
    finish_cycle();
    store_rel(&ender, NULL);
    AWAIT(load_acq(&allocator_runs) == 2);
    for (int i = 0; i < MANY; i++) CHECK(!marked(stale[i]));
  }
}

/* ---- Conservative roots ------------------------------------------------- */

/* E39 (SC-5): an old pointer to a free slot marks nothing. */
START_RUNTIME_TEST_ENV(free_slots_stay_free, "GOMAXPROCS=2", "GOGC=off",
                       "GODEBUG=gczombies=1") {
  static uintptr_t gone[100];
  for (int i = 0; i < 100; i++) { /* their neighbours live on */
    gone[i] = hide(new_node(1));
    tern_store_ptr(&roots_array[1000 + i], new_node(2));
  }
  collect();
  int planted = 0;
  for (int i = 0; i < 100; i++) {
    if (is_allocated(gone[i])) continue;
    roots_array[i] = (void *)~gone[i];
    planted++;
  }
  CHECK(planted > 50);
  hold_cycle();
  mark_but(NULL);
  for (int i = 0; i < 100; i++) CHECK(!roots_array[i] || !marked(gone[i]));
  finish_cycle();
}

/* ---- Semaphores --------------------------------------------------------- */

/* T-memstats-lat (E10, SEM-2): statistics do not wait for the end of marking. */
static uint32_t have_stats;
static void read_stats(void *arg) {
  (void)arg;
  static struct mem_stats m;
  read_memstats(&m);
  CHECK(m.heap_sys == m.heap_inuse + m.heap_idle);
  add_seq(&have_stats, 1);
}
START_RUNTIME_TEST_ENV(memstats_lat, "GOMAXPROCS=2", "GOGC=off") {
  hold_cycle();
  spawn(read_stats, NULL);
  AWAIT(load_acq(&have_stats) == 1);
  CHECK(load_seq(&gc_phase) == GC_MARK);
  mark_but(NULL);
  finish_cycle();
}

/* T-sem-order (E11, SEM-1): who changes the number of Ps waits for the end of the
 * cycle, and keeps nobody from worldsema meanwhile. */
static struct g *setter_g;
static uint32_t have_procs;
static void set_procs(void *arg) {
  (void)arg;
  store_rel(&setter_g, getg());
  set_gomaxprocs(3);
  CHECK(load_seq(&gc_phase) == GC_OFF);
  store_rel(&have_procs, 1);
}
START_RUNTIME_TEST_ENV(sem_order, "GOMAXPROCS=2", "GOGC=off") {
  hold_cycle();
  spawn(set_procs, NULL);
  AWAIT(load_acq(&setter_g) && readgstatus(setter_g) == _Gwaiting);
  spawn(read_stats, NULL);
  AWAIT(load_acq(&have_stats) == 1);
  CHECK(!load_acq(&have_procs) && gomaxprocs == 2);
  mark_but(NULL);
  finish_cycle();
  AWAIT(load_acq(&have_procs));
}

/* ---- Assists ------------------------------------------------------------ */

/* T-assist-end (E52, MT-7): who comes to assist when marking is over is forgiven. */
START_RUNTIME_TEST_ENV(assist_after_end, "GOGC=off") {
  getg()->assist_bytes = -100000;
  gc_assist();
  CHECK(getg()->assist_bytes == 0);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(hide_heap),
      TEST(hide_stack),
      TEST(foreign_birth), TEST(hide_newproc),
      TEST(hide_chan),
      TEST(hide_timer),
      TEST(hide_copy),
      TEST(hide_assign),
      TEST(hide_clear),
      TEST(hide_init),
      TEST(store_is_no_safepoint),
      TEST(term_buffer),
      TEST(alloc_mark),
      TEST(pieces),
      TEST(start_run),
      TEST(sweep_stale),
      TEST(free_slots_stay_free),
      TEST(memstats_lat),
      TEST(sem_order),
      TEST(assist_after_end),
  };
  return RUN_TESTS("gc_hold", tests);
}
