/* idle.c - park, ready, steal, going idle, timers. */
#include "scenario.h"

static uint32_t done_sema;

/* ---- PRK-1 to PRK-3 ------------------------------------------------------- */

static struct g *parked;
static uint32_t refused;

static bool publish(struct g *gp, void *arg) {
  (void)arg;
  CHECK(G_STATE(readgstatus(gp)) == _Gwaiting); /* PRK-1 */
  store_rel(&parked, gp);
  return true;
}

static bool refuse(struct g *gp, void *arg) {
  (void)gp;
  (void)arg;
  add_rlx(&refused, 1);
  return false;
}

static void sleeper(void *arg) {
  for (int i = 0; i < 6; i++) {
    if (pick(3) == 0) gopark(refuse, NULL, WAIT_CHAN_RECEIVE);
    gopark(publish, NULL, WAIT_CHAN_RECEIVE);
    CHECK(getg()->param == (void *)(uintptr_t)i);
  }
  (void)arg;
  semrelease(&done_sema, false);
}

SCENARIO(park, 0, "a goroutine parks, another takes it off its hands at once") {
  spawn(sleeper, NULL);
  for (int i = 0; i < 6; i++) {
    struct g *gp;
    while ((gp = xchg_seq(&parked, (struct g *)0)) == 0) {
      tern_poll();
      if (pick(4) == 0) gosched();
    }
    gp->param = (void *)(uintptr_t)i;
    lock_preemption();
    goready(gp);
    unlock_preemption();
  }
  await_sema(&done_sema, 1);
}

/* ---- T-conserve ----------------------------------------------------------- */

static uint32_t arrived, round_no;

/* Meets the others without ever entering the scheduler: if somebody stays on a
 * queue while a P is idle, nobody comes to fetch him. */
static void meet(void *arg) {
  uint32_t n = (uint32_t)(uintptr_t)arg;
  lock_preemption();
  uint32_t my_round = load_seq(&round_no);
  if (add_seq(&arrived, 1) == n) {
    store_seq(&arrived, 0);
    add_seq(&round_no, 1);
  }
  while (load_seq(&round_no) == my_round) procyield(1);
  unlock_preemption();
  semrelease(&done_sema, false);
}

SCENARIO(conserve, 3, "as many spinning goroutines as Ps: all must run") {
  for (int i = 0; i < 4; i++) {
    for (int k = 0; k < 2; k++) {
      spawn(meet, (void *)3);
      for (int j = (int)pick(8); j > 0; j--) tern_poll();
    }
    if (pick(2)) gosched();
    meet((void *)3);
    await_sema(&done_sema, 3);
  }
}

/* ---- Queues --------------------------------------------------------------- */

static int64_t ran;

static void leaf(void *arg) {
  (void)arg;
  add_seq(&ran, 1);
  semrelease(&done_sema, false);
}

static void brancher(void *arg) {
  int depth = (int)(uintptr_t)arg;
  for (int i = 0; i < 3; i++) {
    if (depth > 0)
      spawn(brancher, (void *)(uintptr_t)(depth - 1));
    else
      spawn(leaf, NULL);
    switch (pick(4)) {
      case 0: gosched(); break;
      case 1: call_system(pick(2) * 5); break;
      case 2: tern_poll(); break;
      default: break;
    }
  }
  semrelease(&done_sema, false);
}

SCENARIO(tree, 0, "a tree of goroutines: born, stolen, run, reused") {
  spawn(brancher, (void *)2);
  await_sema(&done_sema, 1 + 3 + 9 + 27);
  CHECK(load_seq(&ran) == 27);
}

/* T-conserve (E42, RUN-2): what is made while the last spinner goes to sleep runs,
 * although its maker looks at no queue for a long time. */
SCENARIO(late_work, 2, "work that comes as the last spinner gives up") {
  for (int i = 1; i <= 3; i++) {
    spawn(leaf, NULL);
    for (uint32_t n = pick(80); n > 0; n--) load_seq(&ran);
    spawn(leaf, NULL);
    os_usleep(3000000);
    CHECK(load_seq(&ran) == 2 * i);
    tern_poll();
  }
}

/* ---- Timers --------------------------------------------------------------- */

static void on_timer(void *arg, int64_t seq) {
  (void)seq;
  add_seq((int64_t *)arg, 1);
  semrelease(&done_sema, false);
}

static void napper(void *arg) {
  (void)arg;
  for (int i = 0; i < 3; i++) {
    int64_t ns = 100 + (int64_t)pick(60000), began = nanotime();
    goroutine_sleep(ns);
    CHECK(nanotime() - began >= ns);
  }
  semrelease(&done_sema, false);
}

static struct timer timers[3] TERN_GLOBAL;

SCENARIO(timers, 0, "sleeps, timers set and stopped, while all else is idle") {
  int64_t fired = 0, owed = 0;
  for (int i = 0; i < 2; i++) spawn(napper, NULL);
  for (int k = 0; k < 5; k++) {
    struct timer *t = &timers[pick(3)];
    if (t->f && pick(3) == 0) {
      if (timer_stop(t)) owed--;
      continue;
    }
    t->f = on_timer;
    t->arg = &fired;
    if (!timer_start(t, nanotime() + (int64_t)pick(30000), 0)) owed++;
    if (pick(3) == 0) goroutine_sleep(pick(10000));
  }
  await_sema(&done_sema, (int)owed + 2);
  CHECK(load_seq(&fired) == owed);
}
