/* script_test.c - interleavings that happened once, played by script on named hooks
 * (sync/hook.h, debug build only).  The names are those of the protocols' tests.
 */
#include "gc_frame.h"

#include "script.h"

#if TERN_DEBUG

/* ---- The scheduler ------------------------------------------------------ */

/* T-checkdead-sysmon (golang/go#40368): sysmon holds the only P; the goroutine
 * comes back from its call, finds none, queues, and its thread sleeps. */
static void hold_retaken(enum tern_hook at, void *what) {
  (void)at, (void)what;
  static uint32_t once;
  if (!cas_seq(&once, 0, 1)) return;
  step(0);
  os_usleep(50 * 1000);
}
START_RUNTIME_TEST_ENV(checkdead_sysmon, "GOMAXPROCS=1") {
  script_begin();
  hook_set(HOOK_retake, hold_retaken);
  entersyscall();
  await_step(1);
  exitsyscall();
  CHECK(getp());
}

/* T-stw-lost-preempt (E7): the stop's request meets a goroutine that is just
 * being switched to. */
static struct g *late;
static int64_t turns;
static uint32_t end_turns;
static bool publish_late(struct g *gp, void *arg) {
  (void)arg;
  store_rel(&late, gp);
  return true;
}
static void turn(void) {
  while (!load_acq(&end_turns)) {
    add_rlx(&turns, 1);
    tern_poll();
  }
  semrelease(&done_sema, false);
}
static void runs_late(void *arg) {
  (void)arg;
  gopark(publish_late, NULL, WAIT_NONE);
  turn();
}
/* Nobody moves while the world is stopped. */
static void stop_and_look(void) {
  stopTheWorld(STW_TEST);
  int64_t n = load_acq(&turns);
  for (int i = 0; i < 20; i++) os_yield();
  CHECK(load_acq(&turns) == n);
  startTheWorld();
  store_rel(&end_turns, 1);
  semacquire(&done_sema);
}
static void lost_in(enum tern_hook at) {
  spawn(runs_late, NULL);
  AWAIT(load_acq(&late));
  script_begin();
  at_hook(at, late, 0, 2); /* looks like nobody's until the request is out */
  on_hook(HOOK_stop_posted, NULL, 1);
  goready(late);
  await_step(1); /* on the other P: this one makes no poll */
  stop_and_look();
}
START_RUNTIME_TEST_ENV(lost_before_running, "GOMAXPROCS=2") {
  lost_in(HOOK_execute);
}
START_RUNTIME_TEST_ENV(lost_before_curg, "GOMAXPROCS=2") {
  lost_in(HOOK_execute_curg);
}

/* The same: the request finds a region that forbids preemption, whose polls take
 * it off the guard (SUS-9). */
static void polls_locked(void *arg) {
  (void)arg;
  lock_preemption();
  step(0);
  await_step(2);
  tern_poll();
  unlock_preemption();
  turn();
}
START_RUNTIME_TEST_ENV(lost_in_locked_region, "GOMAXPROCS=2") {
  script_begin();
  on_hook(HOOK_stop_posted, NULL, 1);
  spawn(polls_locked, NULL);
  await_step(1);
  stop_and_look();
}

/* And: it falls between a crossing's look at the guard and its store. */
static void crossed(void *arg) { (void)arg; }
static void crosses(void *arg) {
  (void)arg;
  int64_t room = (int64_t)(getg()->seg->hi - getg()->seg->lo);
  store_rel(&late, getg());
  await_step(1); /* 0: the hook is bound */
  with_stack(room, crossed, NULL);
  turn();
}
START_RUNTIME_TEST_ENV(lost_in_crossing, "GOMAXPROCS=2") {
  script_begin();
  spawn(crosses, NULL);
  while (!load_acq(&late)) tern_poll();
  at_hook(HOOK_guard_cross, late, 1, 3);
  on_hook(HOOK_stop_posted, NULL, 2);
  step(0);
  await_step(2);
  stop_and_look();
}

/* E19, SUS-12: a request is posted while the goroutine is just being switched to;
 * it stops at its first poll. */
static uint32_t switched;
static void until_asked(enum tern_hook at, void *what) {
  (void)at;
  struct g *gp = what;
  static uint32_t once;
  if (gp != late || !cas_seq(&once, 0, 1)) return;
  store_rel(&switched, 1);
  while (!load_acq(&gp->preempt_stop) || (readgstatus(gp) & _Gscan)) os_yield();
}
static void claim_late(void *polls) {
  struct suspend_state st = suspendG(late);
  *(int64_t *)polls = load_acq(&turns);
  resumeG(st);
}
START_RUNTIME_TEST_ENV(asked_in_switch, "GOMAXPROCS=2") {
  spawn(runs_late, NULL);
  AWAIT(load_acq(&late));
  script_begin();
  hook_set(HOOK_execute_curg, until_asked);
  int64_t polls = -1;
  lock_preemption();
  goready(late);
  while (!load_acq(&switched)) procyield(1); /* on the other P */
  with_stack_released(WAIT_FOR_GC, claim_late, &polls);
  unlock_preemption();
  CHECK(polls <= 1);
  store_rel(&end_turns, 1);
  semacquire(&done_sema);
}

/* T-fep-lat (E5, FEP-5): a handshake begins between the last look of a goroutine
 * that enters a call and its publication; it serves its P itself. */
static struct p *calling_p;
static uint32_t call_over;
static void until_flagged(enum tern_hook at, void *what) {
  (void)at;
  struct p *pp = what;
  static uint32_t once;
  if (getm()->curg != load_acq(&late) || !cas_seq(&once, 0, 1)) return;
  store_rel(&calling_p, pp);
  /* All others are through: whoever looks for Ps in calls has looked. */
  while (!load_acq(&pp->run_safe_point) || load_acq(&sched.safe_point_wait) > 1)
    os_yield();
}
static void calls_long(void *arg) {
  (void)arg;
  store_rel(&late, getg());
  entersyscall();
  while (!load_acq(&call_over)) os_usleep(50);
  exitsyscall();
  semrelease(&done_sema, false);
}
static void no_op(struct p *pp) { (void)pp; }
START_RUNTIME_TEST_ENV(flagged_in_syscall, "GOMAXPROCS=2") {
  int64_t before = sched.safe_point_rescues;
  hook_set(HOOK_syscall_publish, until_flagged);
  spawn(calls_long, NULL);
  while (!load_acq(&calling_p)) tern_poll();
  semacquire(&worldsema);
  forEachP(no_op);
  CHECK(sched.safe_point_rescues == before + 1);
  semrelease(&worldsema, true);
  store_rel(&call_over, 1);
  semacquire(&done_sema);
}

/* ---- The start of marking ----------------------------------------------- */

/* T-start-merge (E23), the story of section MS: A has acknowledged, allocates N
 * and publishes it; B, which has not, moves the only pointer to w into N without
 * barriers.  B's plain stores stand for stores whose flag was read before: what
 * the proof allows a P until its acknowledgement, although with one flag for all
 * and x86's order of loads B would see it. */
static bool acked[8];
static void note_ack(enum tern_hook at, void *what) {
  (void)at;
  store_rel(&acked[((struct p *)what)->id], true);
}
/* Until the P that this goroutine is on has acknowledged; no poll after that. */
static void poll_until_acked(void) {
  while (!load_acq(&acked[getp()->id])) tern_poll();
}
static __attribute__((noinline)) void publish_new(void) {
  tern_store_ptr(&root, new_node(5));
}
static __attribute__((noinline)) void move_unbarriered(void) {
  store_rlx((void **)&root->l, roots_array[0]);
  store_rlx(&roots_array[0], (void *)0);
}
static void unacknowledged(void *arg) {
  (void)arg;
  step(0);
  await_step(2);
  move_unbarriered();
  clean_stack();
  step(2);
  semrelease(&done_sema, false);
}
static __attribute__((noinline)) uintptr_t hang_victim(void **slot) {
  struct node *w = new_node(17);
  tern_store_ptr(slot, w);
  return hide(w);
}
START_RUNTIME_TEST_ENV(start_merge, "GOMAXPROCS=3", "GOGC=off") {
  script_begin();
  uintptr_t w = hang_victim(&roots_array[0]);
  clean_stack();
  spawn(unacknowledged, NULL);
  await_step(1); /* B holds a P and makes no poll */
  hook_set(HOOK_h1_ack, note_ack);
  spawn(run_gc, NULL);
  poll_until_acked();
  CHECK(load_seq(&gc_phase) == GC_PREP1);
  publish_new();
  step(1);
  semacquire(&done_sema);
  semacquire(&done_sema);
  CHECK(is_allocated(w) && intact(root->l, 17));
  for (int i = 0; i < 1000; i++) new_node(1);
  CHECK(intact(root->l, 17));
}

/* T-start-white (E24, MS-7): H1 is complete, H2 has not begun, and this P hands out
 * white slots.  What they hold is known to this stack alone, which must not be
 * black yet. */
static __attribute__((noinline)) uintptr_t make_white(struct node *volatile *mine,
                                                      uint64_t id) {
  *mine = new_node(id);
  return hide(*mine);
}
START_RUNTIME_TEST_ENV(start_white, "GOMAXPROCS=4", "GOGC=off") {
  struct node *volatile mine = NULL;
  script_begin();
  at_hook(HOOK_h2_begin, NULL, 0, 2);
  getg()->assist_bytes = (int64_t)1 << 40; /* waits for no worker */
  spawn(run_gc, NULL);
  while (steps_done() < 1) tern_poll();
  /* Were marking on already, it would come here. */
  while (load_acq(&gc_blacken_enabled) && !load_acq(&getg()->scanned)) tern_poll();
  uintptr_t white = make_white(&mine, 17);
  step(1);
  semacquire(&done_sema);
  CHECK(is_allocated(white));
  CHECK(intact(mine, 17));
}

/* T-start-newg (E25, MS-5): goroutines that are born and allocate at that moment,
 * more than ever lived before. */
enum { NEWBORN = 30 };
static uint32_t grown_up, go_home;
static void newborn(void *arg) {
  struct node *volatile mine = NULL;
  uint64_t id = (uint64_t)(uintptr_t)arg;
  uintptr_t white = make_white(&mine, id);
  add_seq(&grown_up, 1);
  semacquire(&go_home);
  CHECK(is_allocated(white));
  CHECK(intact(mine, id));
  semrelease(&done_sema, false);
}
START_RUNTIME_TEST_ENV(start_newg, "GOMAXPROCS=2", "GOGC=off") {
  script_begin();
  at_hook(HOOK_h2_begin, NULL, 0, 2);
  spawn(run_gc, NULL);
  while (steps_done() < 1) tern_poll();
  for (int64_t i = 1; i <= NEWBORN; i++) spawn(newborn, (void *)(uintptr_t)i);
  AWAIT(load_acq(&grown_up) == NEWBORN);
  step(1);
  semacquire(&done_sema);
  for (int i = 0; i < NEWBORN; i++) semrelease(&go_home, false);
  for (int i = 0; i < NEWBORN; i++) semacquire(&done_sema);
}

/* ---- The end of marking ------------------------------------------------- */

/* T-term-spin (golang/go#27993, E33; MT-3): an object turns grey behind the
 * wave's back.  B's P has q grey in its barrier buffer.  The wave finds A's P
 * clean, then A deletes q -> p, which makes p grey there; B's assist, begun
 * before the wave, scans q and finds nothing, and its P is clean as well. */
static uintptr_t q_hidden;
static struct g *b_g;
static struct p *b_p;
static bool b_h1, lost;
static int32_t b_past; /* handshakes that B has acknowledged and left */
/* B's P acknowledges H2: from here on B makes no poll, and counts as scanned, like
 * a goroutine born a little later, so that nobody takes it off its P. */
static void grey_q(enum tern_hook at, void *what) {
  struct p *pp = what;
  if (pp != getp() || getm()->curg != load_acq(&b_g) || b_p) return;
  if (at == HOOK_h1_ack) {
    store_rel(&b_h1, true);
    return;
  }
  store_rlx(&b_g->scanned, true);
  store_rlx(&b_g->preempt, false); /* its slice goes on */
  tern_store_ptr(&roots_array[0], NULL); /* q goes into this P's buffer */
  store_rel(&b_p, pp);
}
static void scan_q(enum tern_hook at, void *what) {
  (void)at;
  if (what != (void *)~q_hidden || getm()->curg != b_g) return;
  step(1);
  step(4);
}
/* What an assist does; but a request on this P does not stop it at once. */
static void drain_buffer(void *arg) {
  struct p *pp = arg;
  if (getp() != pp) return; /* its slice ended in that poll */
  while (pp->gc->wb_n > 0 || !gcw_empty(gcw_of(pp))) {
    store_rlx(&pp->preempt, false);
    store_rlx(&getm()->curg->preempt, false);
    gc_drain_n(pp, 65536);
  }
}
static void assists_late(void *arg) {
  (void)arg;
  store_rel(&b_g, getg());
  while (!load_acq(&b_p) && load_seq(&gc_phase) != GC_MARK) {
    tern_poll();
    store_rel(&b_past, load_acq(&b_h1) + (load_acq(&b_p) != NULL));
  }
  while (!b_p && steps_done() < 1) tern_poll(); /* was off its P at H2 */
  await_step(1);
  add_seq(&gc_active, 1);
  with_stack_released(WAIT_FOR_GC, drain_buffer, b_p);
  lost = steps_done() == 1; /* somebody else scanned q before */
  if (lost) step(1);
  if (sub_seq(&gc_active, 1) == 0 && mark_is_candidate()) gcMarkDone();
  semrelease(&done_sema, false);
}
static __attribute__((noinline)) void hang_two(uintptr_t *p_hidden) {
  struct node *q = new_node(21), *p = new_node(22);
  tern_store_ptr(&q->l, p);
  tern_store_ptr(&roots_array[0], q);
  q_hidden = hide(q);
  *p_hidden = hide(p);
}
static __attribute__((noinline)) struct node *unhang(void) {
  struct node *q = (struct node *)~q_hidden, *p = q->l;
  tern_store_ptr(&q->l, NULL);
  return p;
}
/* Without polls; bounded, for B may have been off its P. */
static void let_b_go_first(int32_t handshakes) {
  int64_t until = os_nanotime() + 50000000;
  while (load_acq(&b_past) < handshakes && os_nanotime() < until) os_yield();
}
/* B must not be the last at H1 or H2: whoever is gives its P to the collector.
 * In H1 the main goroutine waits for B, in H2 this one, since by then the
 * collector has the main one's P. */
static uint32_t c_runs;
static void last_in_h2(void *arg) {
  (void)arg;
  store_rel(&c_runs, 1);
  while (load_seq(&gc_phase) < GC_PREP2) tern_poll();
  let_b_go_first(2);
}
static bool term_spin_round(void) {
  script_begin();
  memset(acked, 0, sizeof acked);
  b_p = NULL;
  b_g = NULL;
  b_h1 = lost = false;
  b_past = 0;
  uintptr_t p;
  hang_two(&p);
  hook_set(HOOK_h1_ack, grey_q);
  hook_set(HOOK_h2_ack, grey_q);
  hook_set(HOOK_drain, scan_q);
  hook_set(HOOK_wave_ack, note_ack);
  at_hook(HOOK_mark_done, NULL, 0, 2);
  clean_stack();
  spawn(assists_late, NULL);
  c_runs = 0;
  spawn(last_in_h2, NULL);
  while (!load_acq(&b_g) || !load_acq(&c_runs)) tern_poll();
  spawn(run_gc, NULL);
  let_b_go_first(1); /* if B was off its P, the round is lost, but goes on */
  poll_until_acked();
  await_step(3);
  CHECK(load_rlx(&getg()->scanned));
  struct node *volatile mine = unhang();
  step(3);
  semacquire(&done_sema);
  semacquire(&done_sema);
  if (lost) return false;
  CHECK(is_allocated(p) && intact(mine, 22));
  return gc_cycle.stops == 2; /* the first one found p and let go on */
}
START_RUNTIME_TEST_ENV(term_spin, "GOMAXPROCS=4", "GOGC=off") {
  int rounds = 0;
  while (!term_spin_round()) CHECK(++rounds < 100);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(checkdead_sysmon),
      TEST(lost_before_running),
      TEST(lost_before_curg),
      TEST(lost_in_locked_region),
      TEST(lost_in_crossing),
      TEST(asked_in_switch),
      TEST(flagged_in_syscall),
      TEST(start_merge),
      TEST(start_white),
      TEST(start_newg),
      TEST(term_spin),
  };
  return RUN_TESTS("script", tests);
}

#else
int main(void) {
  puts("script: the hooks exist in the debug build only");
  return 0;
}
#endif
