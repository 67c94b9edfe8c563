/* calls.c - goroutines that call C, C that calls back, and threads that the runtime
 * did not make, which come and go.
 *
 * A thread of C is a coroutine with nothing of the runtime in its locals.  Between
 * its visits it sleeps, or is slow, for any time: what it took must be given back
 * (FT-3), nobody may write to its memory (FT-1), and all goroutines waiting for it
 * is no deadlock.  Nodes that a callback holds on its stack only must survive all
 * collections: the goroutine of a visit is born without a P, in any phase.
 */
#include "heap/heap.h"
#include "scenario.h"

#define CANARY 0x5ca1ab1e0ddba11u
struct node {
  struct node *next;
  uint64_t id, canary;
};
static const uint64_t node_mask[1] = {1};
static tern_type t_node = {.size = sizeof(struct node), .ptrdata = 8, .ptrmask = node_mask,
                           .kind = TERN_STRUCT, .align = 8, .name = TERN_STR_INIT("node")};

static uint32_t left, done_sema, turnstile, stop_now;

static __attribute__((noinline)) struct node *new_node(struct node *next, uint64_t id) {
  struct node *n = tern_new(&t_node);
  tern_store_ptr(&n->next, next);
  n->id = id;
  n->canary = id * CANARY;
  return n;
}

static void look_at(const struct node *n) {
  struct object o;
  for (; n; n = n->next)
    if (!find_object((uintptr_t)n, &o) || !object_is_allocated(&o) || n->canary != n->id * CANARY)
      throw("node %p (id %lu) was freed", (const void *)n, (unsigned long)n->id);
}

/* ---- Both sides ------------------------------------------------------------- */

struct visit {
  int depth;
  int32_t tid; /* of the thread with the frames of C */
};

static void in_c(void *arg);

/* A callback. */
static void in_go(void *arg) {
  struct visit *v = arg;
  struct node *volatile list = NULL;
  struct g *me = getg();
  CHECK(!on_g0() && getp() && me->lockedm == me->m && os_thread_id() == v->tid);
  for (int i = 0, n = 1 + (int)pick(6); i < n; i++) {
    switch (pick(7)) {
      case 0: gosched(); break;
      case 1:
        semrelease(&turnstile, pick(2));
        semacquire(&turnstile);
        break;
      case 2: goroutine_sleep(1 + pick(20000)); break;
      case 3:
        if (v->depth >= 2) break;
        v->depth++;
        go_calls_c(in_c, v);
        v->depth--;
        break;
      default: list = new_node(list, 1 + pick(1000));
    }
    tern_poll();
    look_at(list);
  }
  CHECK(getg() == me && os_thread_id() == v->tid);
}

static void in_c(void *arg) {
  struct visit *v = arg;
  int32_t outer = v->tid, tid = v->tid = os_thread_id();
  CHECK(in_c_call());
  for (int n = (int)pick(3); n > 0; n--) {
    if (pick(2)) os_usleep(pick(30));
    c_calls_go(in_go, v);
    CHECK(os_thread_id() == tid && in_c_call());
  }
  v->tid = outer;
}

static void caller(void *arg) {
  struct visit v = {0, 0};
  for (int i = 0; i < 3; i++) {
    go_calls_c(in_c, &v);
    CHECK(!getg()->lockedm && !getm()->lockedg);
  }
  (void)arg;
  semrelease(&done_sema, false);
}

/* ---- Threads of C --------------------------------------------------------------- */

static void last_words(void *arg) {
  (void)arg;
  semrelease(&done_sema, pick(2));
}

/* Everything else may be asleep until it makes its last call. */
static void thread_of_c(void *arg) {
  struct visit v = {0, os_thread_id()};
  const uintptr_t its_own = 4711;
  for (int n = (int)pick(4); n > 0; n--) {
    tern_stackguard = its_own;
    os_usleep(pick(3) * 40);
    CHECK(tern_stackguard == its_own); /* FT-1 */
    c_calls_go(in_go, &v);
    CHECK(!tern_g && tern_locks == 0 && !mcache_current());
  }
  os_usleep(pick(2) * 5000);
  c_calls_go(last_words, arg);
  sub_seq(&left, 1);
}

struct start {
  int started;
};
static void start_threads(void *arg) {
  struct start *s = arg;
  int n = 1 + (int)pick(3);
  add_seq(&left, (uint32_t)n);
  while (n-- > 0) {
    if (os_thread_create(thread_of_c, NULL))
      s->started++;
    else
      sub_seq(&left, 1);
  }
}

static void nothing(struct p *pp) { (void)pp; }

static void disturb(void *arg) {
  (void)arg;
  for (int i = 0; i < 4 && !load_seq(&stop_now); i++) {
    switch (pick(4)) {
      case 0:
        stopTheWorld(STW_TEST);
        for (int32_t p = 0; p < gomaxprocs; p++) CHECK(p_status(allp[p]) == _Pgcstop);
        startTheWorld();
        break;
      case 1:
        semacquire(&worldsema);
        handshake_all(nothing);
        semrelease(&worldsema, true);
        break;
      case 2: set_gomaxprocs(1 + (int32_t)pick(4)); break;
      default: gc_run();
    }
  }
  semrelease(&done_sema, false);
}

SCENARIO(calls, 0, "calls of C and back, nested; threads of C come and go") {
  add_seq(&sched.ncallbacks, 1);
  semrelease(&turnstile, false);
  struct start s = {0};
  go_calls_c(start_threads, &s);
  for (int i = 0; i < 2; i++) spawn(caller, NULL);
  int others = 3;
  spawn(disturb, NULL);
  if (pick(2)) {
    spawn(disturb, NULL);
    others++;
  }
  await_sema(&done_sema, s.started + others - 1);
  store_seq(&stop_now, 1);
  await_sema(&done_sema, 1);
  /* The threads of C end; then nobody is left who could call. */
  while (load_seq(&left) != 0) goroutine_sleep(2000000);
  if (pick(2)) {
    int64_t ours = sched.mnext - sched.nmended + 1;
    while (os_thread_count() != ours) goroutine_sleep(2000000);
    CHECK(sched.nforeign == 0);
  }
}

/* ---- Born at any time -------------------------------------------------------------- */

static void hold(void *arg) {
  (void)arg;
  struct node *volatile list = new_node(NULL, 1 + pick(1000));
  for (int i = 0; i < 8; i++) {
    if (pick(2)) gosched();
    tern_poll();
    look_at(list);
  }
}

static void visitor(void *arg) {
  (void)arg;
  for (int n = 0; n < 4; n++) c_calls_go(hold, NULL);
  c_calls_go(last_words, NULL);
}

static void start_visitors(void *arg) {
  int *started = arg;
  for (int n = 0; n < 2; n++) *started += os_thread_create(visitor, NULL);
}

SCENARIO(visits, 0, "threads of C call while collections begin and end") {
  add_seq(&sched.ncallbacks, 1);
  int started = 0;
  go_calls_c(start_visitors, &started);
  for (int n = 0; n < 4; n++) gc_run();
  await_sema(&done_sema, started);
}
