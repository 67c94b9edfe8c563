/* sched_stop_test.c - stopping the world, handshakes, suspending one goroutine,
 * changing the number of Ps.  IDs in comments are those of the protocols.
 */
#include "sched/sudog.h"
#include "sched_tasks.h"

/* ---- Stops and handshakes ----------------------------------------------- */

static int64_t spins[8];
static void spin(void *arg) {
  for (;;) {
    tern_poll();
    add_rlx((int64_t *)arg, 1);
    if (load_rlx((int64_t *)arg) % 100 == 0) {
      entersyscall();
      exitsyscall();
    }
    if (load_rlx((int64_t *)arg) % 1000 == 0) gosched();
  }
}
static int64_t spin_sum(void) {
  int64_t n = 0;
  for (int i = 0; i < 8; i++) n += load_acq(&spins[i]);
  return n;
}

/* Nobody moves while the world is stopped; everybody does afterwards. */
START_RUNTIME_TEST_ENV(stop_the_world, "GOMAXPROCS=4") {
  for (int i = 0; i < 8; i++) spawn(spin, &spins[i]);
  for (int i = 0; i < 300; i++) {
    stopTheWorld(STW_TEST);
    CHECK(world_is_stopped());
    for (int32_t k = 0; k < gomaxprocs; k++)
      CHECK(p_status(allp[k]) == _Pgcstop);
    int64_t n = spin_sum();
    for (int k = 0; k < 5; k++) os_yield();
    CHECK(spin_sum() == n);
    startTheWorld();
    CHECK(!world_is_stopped());
    if (i % 50 == 0) AWAIT(spin_sum() > n);
  }
  CHECK(worldsema == 1 && stw_longest_ns > 0);
}

/* Each stop says why, how long, and who was last.  The other P only polls: in a system
 * call it would be taken from its thread, which on a busy machine may sit there. */
static void only_poll(void *arg) {
  for (;;) {
    tern_poll();
    add_rlx((int64_t *)arg, 1);
  }
}
START_RUNTIME_TEST_ENV(stop_record, "GOMAXPROCS=2") {
  spawn(only_poll, &spins[0]);
  AWAIT(load_acq(&spins[0]) > 0);
  bool at_poll = false;
  for (int i = 0; i < 200 && !at_poll; i++) {
    int64_t n = load_acq(&spins[0]); /* it may wait for its thread since the last stop */
    AWAIT(load_acq(&spins[0]) > n);
    uint32_t before = stw_count;
    stopTheWorld(STW_TEST);
    struct stw_record *r = &stw_ring[before % STW_RING];
    CHECK(stw_count == before + 1 && r->why == STW_TEST && r->total_ns == 0);
    CHECK(r->stopped_ns > 0 && r->last_p >= 0 && r->last_p < 2);
    if (r->last_how == STOPPED_AT_POLL && r->last_goid != 0) {
      at_poll = true;
      CHECK(r->last_goid != getg()->goid && r->last_pcs[0] != 0);
    }
    startTheWorld();
    CHECK(r->total_ns >= r->stopped_ns);
  }
  CHECK(at_poll);
}

static int64_t acks[256], ack_sum;
static void ack(struct p *pp) {
  CHECK(p_status(pp) != _Pdead);
  add_seq(&acks[pp->id], 1);
  add_seq(&ack_sum, 1);
}

/* T-fep-idle: once on each P, be it running, idle or in a system call (FEP-3). */
static void handshakes(int n) {
  memset(acks, 0, sizeof acks);
  for (int i = 1; i <= n; i++) {
    semacquire(&worldsema);
    forEachP(ack);
    for (int32_t k = 0; k < gomaxprocs; k++) CHECK(load_acq(&acks[k]) == i);
    semrelease(&worldsema, true);
  }
  CHECK(sched.safe_point_nudges <= 2); /* no request is lost */
}
START_RUNTIME_TEST_ENV(for_each_p_idle, "GOMAXPROCS=8") { handshakes(1000); }
START_RUNTIME_TEST_ENV(for_each_p_busy, "GOMAXPROCS=4") {
  for (int i = 0; i < 8; i++) spawn(spin, &spins[i]);
  handshakes(200); /* each waits for four threads to get a processor */
}
/* FEP-5: a P whose thread sits in a call for long is served by others. */
START_RUNTIME_TEST_ENV(for_each_p_in_syscall, "GOMAXPROCS=3") {
  CHECK(pipe(pipe_fd) == 0);
  for (int i = 0; i < 5; i++) spawn(blocking_read, NULL);
  goroutine_sleep(1000000);
  handshakes(100);
  stopTheWorld(STW_TEST);
  startTheWorld();
  CHECK(write(pipe_fd[1], "01234", 5) == 5);
  wait_for(5);
}

/* ---- suspendG ----------------------------------------------------------- */

static int64_t work;
static void busy_target(void *arg) {
  (void)arg;
  store_rel(&target, getg());
  for (;;) {
    tern_poll();
    add_rlx(&work, 1);
  }
}
struct probe {
  struct g *gp;
  bool dead, stopped;
  int64_t moved;
};
static void claim_and_look(void *arg) {
  struct probe *p = arg;
  struct suspend_state st = suspendG(p->gp);
  p->dead = st.dead;
  p->stopped = st.stopped;
  if (!st.dead) {
    CHECK(G_CLAIMS(readgstatus(p->gp)) > 0);
    uintptr_t sp = p->gp->syscall_sp ? p->gp->syscall_sp : p->gp->sched_sp;
    CHECK(sp > p->gp->seg->lo && sp <= p->gp->seg->hi); /* SUS-11 */
  }
  int64_t n = load_acq(&work);
  for (int i = 0; i < 20; i++) os_yield();
  p->moved = load_acq(&work) - n;
  resumeG(st);
}
static struct probe suspend(struct g *gp) {
  struct probe p = {.gp = gp};
  with_stack_released(WAIT_FOR_GC, claim_and_look, &p);
  return p;
}

START_RUNTIME_TEST_ENV(suspend_running, "GOMAXPROCS=2") {
  spawn(busy_target, NULL);
  AWAIT(load_acq(&target));
  int stopped = 0;
  for (int i = 0; i < 200; i++) {
    int64_t n = load_acq(&work);
    struct probe p = suspend(target);
    CHECK(!p.dead && p.moved == 0);
    stopped += p.stopped;
    if (i % 20 == 0) AWAIT(load_acq(&work) > n); /* it was readied: E14 */
  }
  CHECK(stopped > 0);
}

START_RUNTIME_TEST(suspend_blocked) {
  spawn(parker, NULL);
  AWAIT(load_acq(&parked_g));
  struct probe p = suspend(parked_g);
  CHECK(!p.dead && !p.stopped);
  CHECK(readgstatus(parked_g) == _Gwaiting);
}

static void dies_at_once(void *arg) {
  (void)arg;
  store_rel(&target, getg());
}
START_RUNTIME_TEST(suspend_dead) {
  spawn(dies_at_once, NULL);
  AWAIT(load_acq(&target) && readgstatus(target) == _Gdead);
  CHECK(suspend(target).dead);
  /* SUS-8: its next life is not stopped by an old request. */
  spawn(add_arg, (void *)1);
  wait_for(1);
}

static void syscall_target(void *arg) {
  store_rel(&target, getg());
  blocking_read(arg);
}
START_RUNTIME_TEST(suspend_in_syscall) {
  CHECK(pipe(pipe_fd) == 0);
  spawn(syscall_target, NULL);
  AWAIT(load_acq(&target) && readgstatus(target) == _Gsyscall);
  CHECK(!suspend(target).stopped);
  CHECK(readgstatus(target) == _Gsyscall);
  CHECK(write(pipe_fd[1], "x", 1) == 1);
  wait_for(1);
}

/* C-1: who wants a goroutine that has no poll for long sleeps until it has one. */
static void no_poll_for_long(void *arg) {
  (void)arg;
  store_rel(&target, getg());
  int64_t until = os_nanotime() + 500000000;
  while (os_nanotime() < until) {
  }
  finished();
}
START_RUNTIME_TEST_ENV(claim_sleeps, "GOMAXPROCS=2") {
  spawn(no_poll_for_long, NULL);
  while (!load_acq(&target)) tern_poll();
  lock_preemption();
  int64_t began = os_thread_cputime();
  suspend(target);
  int64_t spent = os_thread_cputime() - began;
  unlock_preemption();
  CHECK(spent < 20000000);
  wait_for(1);
}

/* Two goroutines that suspend each other, and both others, over and over. */
static struct g *peers[4];
static void suspender(void *arg) {
  int64_t me = (int64_t)(uintptr_t)arg;
  store_rel(&peers[me], getg());
  for (int i = 0; i < 4; i++) AWAIT(load_acq(&peers[i]));
  for (int i = 0; i < 300; i++) suspend(peers[(me + 1 + i % 3) % 4]);
  finished();
  for (;;) gosched();
}
START_RUNTIME_TEST_ENV(suspend_mutual, "GOMAXPROCS=4") {
  for (int64_t i = 0; i < 4; i++) spawn(suspender, (void *)(uintptr_t)i);
  wait_for(4);
}

/* The same from goroutines, which park until their target is at rest (C-5). */
static void goroutine_suspender(void *arg) {
  int64_t me = (int64_t)(uintptr_t)arg;
  store_rel(&peers[me], getg());
  for (int i = 0; i < 4; i++) AWAIT(load_acq(&peers[i]));
  for (int i = 0; i < 300; i++) {
    struct g *gp = peers[(me + 1 + i % 3) % 4];
    struct suspend_state st = suspend_from_goroutine(gp);
    CHECK(!st.dead && G_CLAIMS(readgstatus(gp)) > 0);
    resume_from_goroutine(st);
  }
  finished();
  for (;;) gosched();
}
START_RUNTIME_TEST_ENV(suspend_mutual_parked, "GOMAXPROCS=4") {
  for (int64_t i = 0; i < 4; i++)
    spawn(goroutine_suspender, (void *)(uintptr_t)i);
  wait_for(4);
  CHECK(sched.suspend_nudges <= 2); /* no request is lost */
}

/* C-2: two claims at once; the target runs when the second is dropped, and is
 * readied once. */
static uint32_t both_have, both_done;
static void hold(void *gp) {
  struct suspend_state st = suspendG(gp);
  add_seq(&both_have, 1);
  while (load_acq(&both_have) < 2) os_yield();
  CHECK(G_CLAIMS(readgstatus(gp)) == 2 || load_acq(&both_done) > 0);
  int64_t n = load_acq(&work);
  for (int i = 0; i < 50; i++) os_yield();
  CHECK(load_acq(&work) == n);
  add_seq(&both_done, 1);
  while (load_acq(&both_done) < 2) os_yield();
  resumeG(st);
}
static void holder(void *arg) {
  (void)arg;
  with_stack_released(WAIT_FOR_GC, hold, target);
  finished();
}
START_RUNTIME_TEST_ENV(suspend_twice, "GOMAXPROCS=3") {
  spawn(busy_target, NULL);
  AWAIT(load_acq(&target));
  for (int i = 0; i < 20; i++) {
    both_have = both_done = 0;
    spawn(holder, NULL);
    spawn(holder, NULL);
    wait_for(2);
    int64_t n = load_acq(&work);
    AWAIT(load_acq(&work) > n);
  }
}

static void parks_once(void *arg) {
  (void)arg;
  gopark(publish, NULL, WAIT_CHAN_RECEIVE);
  add_seq(&counter, 1);
  finished();
}

static void readies(void *arg) {
  (void)arg;
  AWAIT(load_acq(&both_have) == 1);
  goready(parked_g);
  store_rel(&both_have, 2);
  finished();
}

/* C-3: making a claimed goroutine runnable neither waits nor lets it run. */
static void ready_while_claimed(void *arg) {
  (void)arg;
  struct suspend_state st = suspendG(parked_g);
  store_rel(&both_have, 1);
  while (load_acq(&both_have) != 2) os_yield();
  CHECK(G_STATE(readgstatus(parked_g)) == _Grunnable);
  for (int i = 0; i < 50; i++) os_yield();
  CHECK(counter == 0 && G_CLAIMS(readgstatus(parked_g)) == 1);
  resumeG(st);
}
START_RUNTIME_TEST_ENV(ready_claimed, "GOMAXPROCS=2") {
  spawn(parks_once, NULL);
  AWAIT(load_acq(&parked_g));
  AWAIT(G_STATE(readgstatus(parked_g)) == _Gwaiting);
  spawn(readies, NULL);
  with_stack_released(WAIT_FOR_GC, ready_while_claimed, NULL);
  wait_for(2);
}

static mutex channel = MUTEX_INIT(HCHAN);
static void parks_watched(void *arg) {
  (void)arg;
  lock(&channel); /* from here on the request is not served */
  store_rel(&target, getg());
  while (!load_rlx(&getg()->watchers)) os_yield();
  goparkunlock(&channel, WAIT_CHAN_RECEIVE);
  finished();
}

/* PRK-5: who parks with a channel's lock makes those that watch it ready only when
 * that is dropped.  The debug build checks the order. */
START_RUNTIME_TEST_ENV(suspend_parking, "GOMAXPROCS=2") {
  spawn(parks_watched, NULL);
  AWAIT(load_acq(&target));
  struct suspend_state st = suspend_from_goroutine(target);
  CHECK(!st.dead && G_STATE(readgstatus(target)) == _Gwaiting);
  resume_from_goroutine(st);
  goready(target);
  wait_for(1);
}

static void suspend_while_running(void *arg) {
  (void)arg;
  suspendG(target);
}
static void breaks_sus1(void) {
  spawn(busy_target, NULL);
  AWAIT(load_acq(&target));
  systemstack(suspend_while_running, NULL);
}
START_TEST(suspend_from_running) {
  ASSERT_RUNTIME_DIES(breaks_sus1, "suspendG from a running goroutine (SUS-1)");
}
END_TEST

/* ---- The number of Ps --------------------------------------------------- */

static const int32_t procs[] = {1, 4, 2, 8, 1, 3};
START_RUNTIME_TEST_ENV(gomaxprocs_changes, "GOMAXPROCS=2") {
  for (int i = 0; i < 8; i++) spawn(spin, &spins[i]);
  int32_t old = 2;
  for (int round = 0; round < 60; round++) {
    int32_t n = procs[round % 6];
    CHECK(set_gomaxprocs(n) == old);
    CHECK(gomaxprocs == n && getp()->id < n);
    for (int32_t i = n; i < 8; i++)
      CHECK(i >= 8 || !allp[i] || p_status(allp[i]) == _Pdead);
    for (int k = 0; k < 50; k++) spawn(add_arg, (void *)1);
    wait_for(50);
    old = n;
  }
  CHECK(counter == 60 * 50);
}

/* More than there can be is the greatest number; asking for it again stops nothing.  A P
 * that goes leaves nothing behind that others could use. */
START_RUNTIME_TEST_ENV(gomaxprocs_bounds, "GOMAXPROCS=2", "GOGC=off") {
  set_gomaxprocs(100000);
  int32_t most = gomaxprocs;
  uint32_t stops = stw_count;
  CHECK(set_gomaxprocs(100000) == most && stw_count == stops);
  lock_preemption();
  release_sudog(acquire_sudog());
  CHECK(getp()->n_free_sudogs > 0);
  unlock_preemption();
  set_gomaxprocs(1);
  for (int32_t i = 1; i < most; i++) CHECK(!allp[i]->free_sudogs && !allp[i]->free_gs);
}

/* E6, SYS-4: an old sighting of a P in a call takes no P of a later call. */
bool p_cas_state(struct p *pp, uint64_t word, uint32_t state, bool tick);
START_RUNTIME_TEST(old_sighting) {
  static struct p pp = {.word = _Psyscall};
  uint64_t seen = pp.word;
  pp.word += P_TICK_ONE; /* the call is over, the next one has begun */
  CHECK(!p_cas_state(&pp, seen, _Pidle, true) && P_STATE(pp.word) == _Psyscall);
  CHECK(p_cas_state(&pp, pp.word, _Pidle, true) && P_STATE(pp.word) == _Pidle);
}

/* ---- Hand-off ----------------------------------------------------------- */

/* T-memstats-loop (E13, SEM-7): a loop of stops does not pass by who waits. */
static int stops_done, turn_came = -1;
static void stop_loop(void *arg) {
  (void)arg;
  store_rel(&target, getg());
  for (int i = 0; i < 20; i++) {
    stopTheWorld(STW_TEST);
    startTheWorld();
    stops_done++;
  }
  finished();
}
static void wait_once(void *arg) {
  (void)arg;
  store_rel(&parked_g, getg());
  semacquire(&worldsema);
  turn_came = stops_done;
  semrelease(&worldsema, true);
  finished();
}
START_RUNTIME_TEST_ENV(world_handoff, "GOMAXPROCS=1") {
  semacquire(&worldsema);
  spawn(stop_loop, NULL);
  AWAIT(load_acq(&target) && readgstatus(target) == _Gwaiting);
  spawn(wait_once, NULL);
  AWAIT(load_acq(&parked_g) && readgstatus(parked_g) == _Gwaiting);
  semrelease(&worldsema, true);
  wait_for(2);
  CHECK(turn_came <= 1);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(old_sighting),
      TEST(world_handoff),
      TEST(stop_the_world),
      TEST(stop_record),
      TEST(for_each_p_idle),
      TEST(for_each_p_busy),
      TEST(for_each_p_in_syscall),
      TEST(suspend_running),
      TEST(suspend_blocked),
      TEST(suspend_dead),
      TEST(claim_sleeps),
      TEST(suspend_in_syscall),
      TEST(suspend_mutual),
      TEST(suspend_mutual_parked),
      TEST(suspend_twice),
      TEST(ready_claimed),
      TEST(suspend_parking),
      TEST(suspend_from_running),
      TEST(gomaxprocs_changes),
      TEST(gomaxprocs_bounds),
  };
  return RUN_TESTS("sched_stop", tests);
}
