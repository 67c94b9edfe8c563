/* callback_storm.c - goroutines in C, called back and nested, and threads that the
 * runtime never made, while the world stops, collections run and the number of Ps
 * changes.
 *
 * A goroutine must come back from every wait to the thread that has its C frames
 * (CC-2), these must be untouched (CC-3), and no request may be written to a thread
 * that is gone (FT-1): foreign threads here end after a few callbacks.
 */
#include <pthread.h>

#include "stress.h"

static uint32_t enough, running;
static int64_t ncalls;

struct node { struct node *next; int64_t v; };
static const uint64_t node_mask[1] = {1};
static tern_type t_node = {.size = 16, .ptrdata = 8, .ptrmask = node_mask,
                           .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("node")};

struct trip {
  uint64_t rng;
  int depth;
  struct node *list; /* on the goroutine's stack: a root */
};

static void go_side(void *arg);

/* C: with a frame that must stay as it is. */
static void c_side(void *arg) {
  struct trip *t = arg;
  volatile uint64_t frame[32];
  uint64_t cookie = t->rng;
  for (int i = 0; i < 32; i++) frame[i] = cookie + (uint64_t)i;
  int32_t tid = os_thread_id();
  int n = (int)stress_rand(&t->rng, 3);
  for (int i = 0; i < n; i++) c_calls_go(go_side, t);
  if (stress_rand(&t->rng, 20) == 0) os_usleep(1 + stress_rand(&t->rng, 100));
  CHECK(os_thread_id() == tid);
  for (int i = 0; i < 32; i++) CHECK(frame[i] == cookie + (uint64_t)i);
}

static void build(void *arg) {
  struct trip *t = arg;
  struct node *list = NULL;
  for (int64_t i = 0; i < 50; i++) {
    struct node *n = tern_new(&t_node);
    tern_store_ptr(&n->next, list);
    n->v = i;
    list = n;
    if (i % 16 == 0) tern_poll();
  }
  if (stress_rand(&t->rng, 4) == 0) gosched();
  if (stress_rand(&t->rng, 50) == 0) goroutine_sleep(20000);
  int64_t sum = 0;
  for (; list; list = list->next) sum += list->v;
  CHECK(sum == 49 * 25);
}

static void go_side(void *arg) {
  struct trip *t = arg;
  int32_t tid = os_thread_id();
  struct g *gp = getg();
  struct m *mp = gp->m;
  CHECK(!on_g0() && getp() && mp->lockedg == gp && gp->lockedm == mp);
  with_stack(16384, build, t);
  if (t->depth < 3) {
    t->depth++;
    go_calls_c(c_side, t);
    t->depth--;
  }
  CHECK(os_thread_id() == tid && getg() == gp && gp->m == mp && mp->lockedg == gp);
  add_rlx(&ncalls, 1);
}

static void caller(void *arg) {
  struct trip t = {.rng = stress_seed + (uint64_t)(uintptr_t)arg};
  while (!load_acq(&enough)) {
    go_calls_c(c_side, &t);
    CHECK(!getg()->lockedm && getg()->m->lockedg == NULL);
    tern_poll();
  }
}

/* A thread of C: some callbacks, then it ends. */
static void *foreign(void *arg) {
  struct trip t = {.rng = stress_seed * 3 + (uint64_t)(uintptr_t)arg};
  for (int i = 0; i < 20; i++) {
    c_calls_go(go_side, &t);
    CHECK(tern_g == NULL);
  }
  sub_seq(&running, 1);
  return NULL;
}

static void start_foreign(void *arg) {
  pthread_t t;
  CHECK(pthread_create(&t, NULL, foreign, arg) == 0 && pthread_detach(t) == 0);
}

static void nothing(struct p *pp) { (void)pp; }

static void body(void) {
  add_seq(&sched.ncallbacks, 1); /* as if C had one */
  for (int64_t i = 0; i < 6; i++) spawn(caller, (void *)(uintptr_t)i);
  int64_t round = 0;
  int32_t procs = gomaxprocs;
  do {
    round++;
    while (load_seq(&running) < 4) {
      add_seq(&running, 1);
      go_calls_c(start_foreign, (void *)(uintptr_t)round);
    }
    stopTheWorld(STW_TEST);
    for (int32_t i = 0; i < gomaxprocs; i++) CHECK(p_status(allp[i]) == _Pgcstop);
    startTheWorld();
    semacquire(&worldsema);
    forEachP(nothing);
    semrelease(&worldsema, true);
    if (round % 16 == 0) gc_run();
    if (round % 64 == 0) set_gomaxprocs(1 + (int32_t)(round / 64 % procs));
    gosched();
  } while (stress_round());
  store_rel(&enough, 1);
  while (load_seq(&running) != 0) goroutine_sleep(1000000);
  os_print("callback_storm: %ld callbacks\n", (long)load_rlx(&ncalls));
}

int main(int argc, char **argv) {
  return stress_main(argc, argv, "callback_storm", 3000, body);
}
