/* stops.c - stopping the world, handshakes, system calls, the number of Ps. */
#include "debug/memstats.h"
#include "scenario.h"

static uint32_t done_sema;
static int64_t calls;
static int64_t acks[256];

static void caller(void *arg) {
  (void)arg;
  for (uint32_t i = 0; i < 12; i++) {
    call_system(pick(4) == 0 ? 1 + pick(50) : 0);
    add_rlx(&calls, 1);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void ack(struct p *pp) { add_seq(&acks[pp->id], 1); }

/* FEP-3: every P once. */
static void handshake(void) {
  int64_t before[256];
  semacquire(&worldsema);
  int32_t n = gomaxprocs;
  for (int32_t i = 0; i < n; i++) before[i] = load_acq(&acks[i]);
  handshake_all(ack);
  for (int32_t i = 0; i < n; i++) CHECK(load_acq(&acks[i]) == before[i] + 1);
  semrelease(&worldsema, true);
}

/* STW-7: all Ps, and nobody goes on. */
static void stop(void) {
  stopTheWorld(STW_TEST);
  int64_t n = load_acq(&calls);
  for (int32_t i = 0; i < gomaxprocs; i++) CHECK(p_status(allp[i]) == _Pgcstop);
  CHECK(load_acq(&calls) == n);
  startTheWorld();
}

/* T-fep-syscall: golang/go#10618 lives here. */
SCENARIO(fep_syscall, 0, "stops and handshakes in turn against short system calls") {
  for (int i = 0; i < 3; i++) spawn(caller, NULL);
  for (int i = 0; i < 4; i++) {
    if (pick(2)) stop();
    handshake();
  }
  await_sema(&done_sema, 3);
}

static void stopper(void *arg) {
  (void)arg;
  for (int i = 0; i < 3; i++) {
    switch (pick(4)) {
      case 0: stop(); break;
      case 1: handshake(); break;
      case 2: {
        struct mem_stats m;
        read_memstats(&m);
        CHECK(m.heap_sys == m.heap_inuse + m.heap_idle);
        break;
      }
      default: set_gomaxprocs(1 + (int32_t)pick(4));
    }
    if (pick(2)) gosched();
  }
  semrelease(&done_sema, false);
}

SCENARIO(stop_crowd, 0, "stops, handshakes and GOMAXPROCS from several goroutines") {
  for (int i = 0; i < 3; i++) spawn(stopper, NULL);
  for (int i = 0; i < 2; i++) spawn(caller, NULL);
  await_sema(&done_sema, 5);
  CHECK(load_rlx(&worldsema) == 1 && load_rlx(&gcsema) == 1);
}

/* T-stw-syscall (E4), T-fep-lat (E5), STW-5, STW-6: whatever the others do, a stop comes soon.  A call that nobody
 * looks at is taken by sysmon after ten milliseconds, so that late shows. */
static uint32_t enough;

static void long_caller(void *arg) {
  (void)arg;
  while (!load_acq(&enough)) {
    for (int n = (int)pick(10); n > 0; n--) tern_poll();
    call_system(50000);
  }
  semrelease(&done_sema, false);
}

/* Polls where it may not be stopped, then where it may (SUS-9). */
static void loop(void *arg) {
  (void)arg;
  while (!load_acq(&enough)) {
    lock_preemption();
    for (int n = (int)pick(4); n > 0; n--) tern_poll();
    unlock_preemption();
    for (int n = (int)pick(4); n > 0; n--) tern_poll();
  }
  semrelease(&done_sema, false);
}

SCENARIO(stop_soon, 4, "a stop and a handshake take no longer than they must") {
  spawn(long_caller, NULL);
  spawn(loop, NULL);
  for (int i = 0; i < 4; i++) {
    for (int n = (int)pick(50); n > 0; n--) tern_poll();
    int64_t began = nanotime();
    if (pick(2))
      stop();
    else
      handshake();
    int64_t took = nanotime() - began;
    if (sim_fair() && took > 5000000) throw("it took %ld us", (long)(took / 1000));
  }
  store_rel(&enough, 1);
  await_sema(&done_sema, 2);
}

/* T-memstats-loop (E13, SEM-7): who waits for a semaphore gets it when it is released, not when nobody
 * else is quicker. */
static uint32_t turn = 1;
static struct g *waiting;
static uint32_t waiter_done;

static void waiter(void *arg) {
  (void)arg;
  store_seq(&waiting, getg());
  semacquire(&turn);
  store_seq(&waiting, (struct g *)0);
  semrelease(&turn, true);
  store_seq(&waiter_done, 1);
}

SCENARIO(handoff, 0, "a loop over a semaphore does not starve who waits for it") {
  spawn(waiter, NULL);
  int waited = 0;
  for (int i = 0; i < 40 && !load_seq(&waiter_done); i++) {
    semacquire(&turn);
    for (int n = (int)pick(60); n > 0; n--) tern_poll();
    struct g *w = load_seq(&waiting);
    if (w && G_STATE(readgstatus(w)) == _Gwaiting) waited++;
    CHECK(waited <= 1);
    semrelease(&turn, true);
    if (pick(4) == 0) gosched();
  }
  while (!load_seq(&waiter_done)) gosched();
}
