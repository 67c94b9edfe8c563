/* lang_chan_test.c - channels and select, alone and among many goroutines. */
#include "runtime_test.h"

CHAN_TYPE(t_chan_int, t_int);
CHAN_TYPE(t_chan_string, t_string);
CHAN_TYPE(t_chan_empty, t_empty);

static tern_chan *make(int64_t n) { return tern_makechan(&t_chan_int, n); }
static void send(tern_chan *c, int64_t v) { tern_chansend(c, &v); }
static int64_t recv(tern_chan *c) {
  int64_t v = -1;
  CHECK(tern_chanrecv(c, &v));
  return v;
}

/* A goroutine over channels: code plus what it works on. */
struct worker {
  tern_closure closure;
  tern_chan *a, *b, *done;
  int64_t n, result;
};
static const uint64_t worker_mask[1] = {2 | 4 | 8};
static tern_type t_worker = {.size = sizeof(struct worker), .ptrdata = 32,
                             .ptrmask = worker_mask, .kind = TERN_STRUCT,
                             .align = 8, .name = TERN_STR_INIT("worker")};
static struct worker *start(void (*code)(tern_func), tern_chan *a, tern_chan *b,
                            tern_chan *done, int64_t n) {
  struct worker *w = tern_new(&t_worker);
  w->closure.fn = (void *)code;
  w->n = n;
  tern_store_ptr(&w->a, a);
  tern_store_ptr(&w->b, b);
  tern_store_ptr(&w->done, done);
  tern_go(&w->closure);
  return w;
}

START_RUNTIME_TEST(chan_buffer) {
  tern_chan *c = make(3);
  for (int64_t round = 0; round < 5; round++) {
    for (int64_t i = 0; i < 3; i++) send(c, i);
    CHECK(tern_chanlen(c) == 3 && tern_chancap(c) == 3);
    int64_t v = 9;
    CHECK(!chan_try_send(c, &v));
    for (int64_t i = 0; i < 3; i++) CHECK(recv(c) == i);
    bool ok;
    CHECK(!chan_try_recv(c, &v, &ok));
  }
  CHECK(tern_chanlen(NULL) == 0 && tern_chancap(NULL) == 0);
}

START_RUNTIME_TEST(chan_closed_drains) {
  tern_chan *c = make(2);
  send(c, 7);
  tern_closechan(c);
  CHECK(recv(c) == 7);
  int64_t v = 5;
  CHECK(!tern_chanrecv(c, &v) && v == 0);
  bool ok = true;
  v = 5;
  CHECK(chan_try_recv(c, &v, &ok) && !ok && v == 0);
}

static void close_nil(void *c) { (void)c; tern_closechan(NULL); }
static void close_it(void *c) { tern_closechan(c); }
static void send_it(void *c) { send(c, 1); }
static void make_bad(void *c) { (void)c; make(-1); }
START_RUNTIME_TEST(chan_panics) {
  tern_chan *c = make(1);
  tern_closechan(c);
  CHECK(error_is(catch_panic(close_it, c), "close of closed channel"));
  CHECK(error_is(catch_panic(send_it, c), "send on closed channel"));
  CHECK(error_is(catch_panic(close_nil, c), "close of nil channel"));
  CHECK(error_is(catch_panic(make_bad, c), "makechan: size out of range"));
}

static void echo_code(tern_func self) {
  struct worker *w = (struct worker *)self;
  for (int64_t i = 0; i < w->n; i++) send(w->b, recv(w->a) + 1);
}
START_RUNTIME_TEST(chan_ping_pong) {
  tern_chan *a = make(0), *b = make(0);
  start(echo_code, a, b, NULL, 100000);
  for (int64_t i = 0; i < 100000; i++) {
    send(a, i);
    CHECK(recv(b) == i + 1);
  }
}

static void produce_code(tern_func self) {
  struct worker *w = (struct worker *)self;
  for (int64_t i = 1; i <= w->n; i++) send(w->a, i);
  send(w->done, 0);
}
static void consume_code(tern_func self) {
  struct worker *w = (struct worker *)self;
  int64_t v, sum = 0;
  while (tern_chanrecv(w->a, &v)) sum += v;
  send(w->done, sum);
}
static void fan(int64_t cap) {
  const int64_t n = 20000;
  tern_chan *c = make(cap), *produced = make(0), *sums = make(0);
  for (int i = 0; i < 8; i++) start(produce_code, c, NULL, produced, n);
  for (int i = 0; i < 4; i++) start(consume_code, c, NULL, sums, 0);
  for (int i = 0; i < 8; i++) recv(produced);
  tern_closechan(c);
  int64_t total = 0;
  for (int i = 0; i < 4; i++) total += recv(sums);
  CHECK(total == 8 * n * (n + 1) / 2);
}
START_RUNTIME_TEST(chan_fan_unbuffered) { fan(0); }
START_RUNTIME_TEST(chan_fan_buffered) { fan(10); }

START_RUNTIME_TEST(chan_strings) {
  tern_chan *c = tern_makechan(&t_chan_string, 4);
  for (int64_t i = 0; i < 1000; i++) {
    char text[16];
    int n = os_format(text, sizeof text, "s%ld", i);
    tern_string s = tern_string_from_bytes((tern_slice){text, n, n}), got;
    tern_chansend(c, &s);
    CHECK(tern_chanrecv(c, &got) && tern_streq(got, s));
  }
  tern_chan *e = tern_makechan(&t_chan_empty, 2);
  tern_chansend(e, NULL);
  CHECK(tern_chanrecv(e, NULL));
}

START_RUNTIME_TEST(select_default_and_nil) {
  int64_t v = 3;
  tern_chan *c = make(1);
  tern_scase cases[] = {{NULL, &v, false}, {c, &v, false}};
  CHECK(tern_selectgo(cases, 2, true).index == -1);
  CHECK(tern_selectgo(cases, 1, true).index == -1);
  CHECK(tern_selectgo(cases, 0, true).index == -1);
  send(c, 8);
  tern_select_result r = tern_selectgo(cases, 2, false);
  CHECK(r.index == 1 && r.ok && v == 8);
  tern_closechan(c);
  r = tern_selectgo(cases, 2, false);
  CHECK(r.index == 1 && !r.ok && v == 0);
}

static void select_send_closed(void *c) {
  int64_t v = 1;
  tern_scase cases[] = {{c, &v, true}, {NULL, NULL, false}};
  tern_selectgo(cases, 2, false);
}
START_RUNTIME_TEST(select_panics) {
  tern_chan *c = make(0);
  tern_closechan(c);
  CHECK(error_is(catch_panic(select_send_closed, c), "send on closed channel"));
}

/* Both ready: neither may starve. */
START_RUNTIME_TEST(select_is_fair) {
  tern_chan *a = make(1), *b = make(1);
  int64_t hits[2] = {0, 0}, v;
  for (int i = 0; i < 2000; i++) {
    if (tern_chanlen(a) == 0) send(a, 1);
    if (tern_chanlen(b) == 0) send(b, 1);
    tern_scase cases[] = {{a, &v, false}, {b, &v, false}};
    hits[tern_selectgo(cases, 2, false).index]++;
  }
  CHECK(hits[0] > 600 && hits[1] > 600);
}

/* Goroutines that send and receive on the same two channels, each in one select:
 * a value sent is a value received. */
static void cross_code(tern_func self) {
  struct worker *w = (struct worker *)self;
  int64_t sent = 0, balance = 0;
  while (sent < w->n) {
    int64_t out = 1, in = 0;
    tern_scase cases[] = {{w->a, &out, true}, {w->b, &in, false},
                          {w->b, &out, true}, {w->a, &in, false}};
    tern_select_result r = tern_selectgo(cases, 4, false);
    CHECK(r.index >= 0);
    if (cases[r.index].send) {
      sent++;
      balance++;
    } else {
      CHECK(in == 1);
      balance--;
    }
  }
  send(w->done, balance);
}
static void drain_code(tern_func self) {
  struct worker *w = (struct worker *)self;
  for (int64_t n = 0;; n++) {
    int64_t in = 0;
    tern_scase cases[] = {{w->a, &in, false}, {w->b, &in, false}};
    tern_select_result r = tern_selectgo(cases, 2, false);
    if (!r.ok) {
      send(w->done, n);
      return;
    }
  }
}
static void select_race(int64_t cap) {
  tern_chan *a = make(cap), *b = make(cap), *done = make(0), *drained = make(0);
  for (int i = 0; i < 6; i++) start(cross_code, a, b, done, 10000);
  start(drain_code, a, b, drained, 0);
  int64_t balance = 0;
  for (int i = 0; i < 6; i++) balance += recv(done);
  tern_closechan(a); /* the drainer may still hold values in the buffers */
  int64_t left = tern_chanlen(b) + tern_chanlen(a);
  int64_t got = recv(drained);
  CHECK(got <= balance && got >= balance - left);
}
START_RUNTIME_TEST(select_race_unbuffered) { select_race(0); }
START_RUNTIME_TEST(select_race_buffered) { select_race(3); }

/* T-select-race (E46, PRK-4): a goroutine in a select was won by channel a; a waker
 * on b comes second, then another goroutine queues on b before the first unlinks
 * itself there. */
static tern_chan *sel_a TERN_GLOBAL, *sel_b TERN_GLOBAL;
static struct g *selecting, *queuing;
static void select_two_code(tern_func self) {
  (void)self;
  int64_t v = 0;
  store_rel(&selecting, getg());
  tern_scase cases[] = {{sel_a, &v, false}, {sel_b, &v, false}};
  tern_select_result r = tern_selectgo(cases, 2, false);
  CHECK(r.index == 0 && v == 1);
}
static void receive_code(tern_func self) {
  (void)self;
  store_rel(&queuing, getg());
  CHECK(recv(sel_b) == 2);
}
static void until_waiting(struct g **gp) {
  while (!load_acq(gp) || readgstatus(*gp) != _Gwaiting) gosched();
}
static void select_loser_round(void) {
  tern_chan *a = make(0), *b = make(0);
  tern_store_ptr(&sel_a, a);
  tern_store_ptr(&sel_b, b);
  selecting = queuing = NULL;
  start(select_two_code, a, b, NULL, 0);
  until_waiting(&selecting);
  send(a, 1); /* wins, but does not run yet */
  int64_t v = 2;
  CHECK(!chan_try_send(b, &v));
  start(receive_code, a, b, NULL, 0); /* next on this P, the only one */
  until_waiting(&queuing);
  while (readgstatus(selecting) != _Gdead) gosched();
  CHECK(chan_try_send(b, &v));
  while (readgstatus(queuing) != _Gdead) gosched();
}
START_TEST(select_loser) {
  setenv("GOMAXPROCS", "1", 1);
  runtime_test_main(0, NULL, select_loser_round);
}
END_TEST

/* E47 (PRK-5): all that wait are woken, after the lock was dropped. */
static void drained_code(tern_func self) {
  struct worker *w = (struct worker *)self;
  int64_t v = 5;
  CHECK(!tern_chanrecv(w->a, &v) && v == 0);
  send(w->done, 1);
}
START_RUNTIME_TEST(close_wakes_all) {
  tern_chan *c = make(0), *done = make(10);
  for (int i = 0; i < 10; i++) start(drained_code, c, NULL, done, 0);
  for (int i = 0; i < 100; i++) gosched();
  tern_closechan(c);
  for (int i = 0; i < 10; i++) recv(done);
}

/* C-15: an operation that wakes many stops when it is asked to, not at its end; one
 * that ends with an unlock stops there.  With one P the woken run only when the
 * goroutine that woke them steps back. */
static int64_t awake;
static void awake_code(tern_func self) {
  struct worker *w = (struct worker *)self;
  int64_t v;
  tern_chanrecv(w->a, &v);
  add_seq(&awake, 1);
}
static void ask_myself(void) {
  struct g *gp = getg();
  store_rlx(&gp->preempt, true);
  store_seq(gp->m->stackguard, TERN_STACK_PREEMPT);
}
START_RUNTIME_TEST_ENV(close_polls, "GOMAXPROCS=1") {
  tern_chan *c = make(0), *one = make(1);
  for (int i = 0; i < 100; i++) start(awake_code, c, NULL, NULL, 0);
  for (int i = 0; i < 5; i++) gosched();
  ask_myself();
  tern_closechan(c);
  CHECK(awake > 0 && awake < 100);
  start(awake_code, c, NULL, NULL, 0);
  int64_t before = load_seq(&awake);
  ask_myself();
  send(one, 1);
  CHECK(load_seq(&awake) > before);
}

/* Many cases: the order arrays come from the heap; duplicates lock once. */
START_RUNTIME_TEST(select_many_cases) {
  enum { N = 100 };
  tern_scase cases[2 * N];
  tern_chan *chans[N];
  int64_t v = 0;
  for (int i = 0; i < N; i++) chans[i] = make(1);
  for (int i = 0; i < 2 * N; i++)
    cases[i] = (tern_scase){chans[(i * 37) % N], &v, false};
  CHECK(tern_selectgo(cases, 2 * N, true).index == -1);
  for (int i = 0; i < N; i++) {
    send(chans[i], i);
    tern_select_result r = tern_selectgo(cases, 2 * N, false);
    CHECK(r.ok && v == i && cases[r.index].c == chans[i]);
  }
}

int main(void) {
  const runtime_test tests[] = {
      TEST(chan_buffer),          TEST(chan_closed_drains),
      TEST(chan_panics),          TEST(chan_ping_pong),
      TEST(chan_fan_unbuffered),  TEST(chan_fan_buffered),
      TEST(chan_strings),         TEST(select_default_and_nil),
      TEST(select_panics),        TEST(select_is_fair),
      TEST(select_race_unbuffered), TEST(select_race_buffered),
      TEST(select_loser),         TEST(close_wakes_all),
      TEST(close_polls),
      TEST(select_many_cases)};
  return RUN_TESTS("lang_chan", tests);
}
