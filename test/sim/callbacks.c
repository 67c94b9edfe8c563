/* callbacks.c - goroutines in C, called back and nested, and threads that the runtime
 * never made, while the world stops, collections run, the number of Ps changes.
 *
 * Who was in C comes back to the thread that has its C frames (CC-2), which are
 * untouched (CC-3); a thread that left no longer concerns the runtime (FT-1).
 */
#include "scenario.h"
#include "sched/proc.h"

enum { FOREIGN = 2 };
static uint32_t done_sema, turnstile, foreign_left;

struct trip { int depth; };

static void go_side(void *arg);

static void c_side(void *arg) {
  struct trip *t = arg;
  volatile uint64_t frame[16], cookie = sim_choose(1000);
  for (uint64_t i = 0; i < 16; i++) frame[i] = cookie + i;
  int32_t thread = os_thread_id();
  for (uint32_t n = pick(3); n > 0; n--) c_calls_go(go_side, t);
  if (pick(6) == 0) os_usleep(1 + pick(40));
  CHECK(os_thread_id() == thread);
  for (uint64_t i = 0; i < 16; i++) CHECK(frame[i] == cookie + i);
}

static void live(void *arg) {
  (void)arg;
  switch (pick(6)) {
    case 0: gosched(); break;
    case 1: call_system(pick(2) * 20); break;
    case 2:
      semrelease(&turnstile, pick(2));
      semacquire(&turnstile);
      break;
    case 3: goroutine_sleep(1 + pick(10000)); break;
    default:
      for (int n = 0; n < 10; n++) tern_poll();
  }
}

static void go_side(void *arg) {
  struct trip *t = arg;
  struct g *gp = getg();
  struct m *mp = getm();
  int32_t thread = os_thread_id();
  CHECK(!on_g0() && getp() && mp->lockedg == gp && gp->lockedm == mp);
  with_stack(8192, live, NULL);
  if (t->depth < 2 && pick(2)) {
    t->depth++;
    go_calls_c(c_side, t);
    t->depth--;
  }
  CHECK(os_thread_id() == thread && getg() == gp && gp->m == mp);
  CHECK(mp->lockedg == gp && gp->lockedm == mp);
}

static void caller(void *arg) {
  (void)arg;
  struct trip t = {0};
  bool bound = pick(2);
  if (bound) runtime_lock_thread();
  for (int i = 0; i < 3; i++) {
    struct m *mp = getm();
    uintptr_t below = mp->g0_sp;
    go_calls_c(c_side, &t);
    CHECK((getg()->lockedm != NULL) == bound); /* as the program left it */
    CHECK(!bound || getm() == mp);
    if (getm() == mp) CHECK(mp->g0_sp == below); /* CC-3 */
    tern_poll();
  }
  if (bound) runtime_unlock_thread();
  semrelease(&done_sema, false);
}

static void foreign(void *arg) {
  struct trip t = {0};
  (void)arg;
  for (int i = 0; i < 3; i++) {
    c_calls_go(go_side, &t);
    CHECK(tern_g == NULL);
    for (struct m *mp = load_acq(&allm); mp; mp = mp->alllink)
      CHECK(load_seq(&mp->stackguard) != &tern_stackguard); /* FT-1 */
  }
  add_seq(&foreign_left, 1);
}

static void no_op(struct p *pp) { (void)pp; }

SCENARIO(callbacks, 0, "C calls back, from threads of the runtime and from others") {
  add_seq(&sched.ncallbacks, 1);
  for (int i = 0; i < 2; i++) spawn(caller, NULL);
  for (int i = 0; i < FOREIGN; i++) CHECK(os_thread_create(foreign, NULL));
  for (int i = 0; i < 3; i++) {
    switch (pick(5)) {
      case 0:
        stopTheWorld(STW_TEST);
        for (int32_t k = 0; k < gomaxprocs; k++) CHECK(p_status(allp[k]) == _Pgcstop);
        startTheWorld();
        break;
      case 1:
        semacquire(&worldsema);
        handshake_all(no_op);
        semrelease(&worldsema, true);
        break;
      case 2: gc_run(); break;
      case 3: set_gomaxprocs(1 + (int32_t)pick(4)); break;
      default: gosched();
    }
  }
  await_sema(&done_sema, 2);
  while (load_seq(&foreign_left) < FOREIGN) gosched();
  int made = 0;
  for (struct m *mp = load_acq(&allm); mp; mp = mp->alllink) made += mp->foreign_g != NULL;
  CHECK(made <= FOREIGN); /* they go back on the list */
}
