/* chans.c - channels, select and close among goroutines. */
#include "lang/lang.h"
#include "scenario.h"

static tern_type t_int = {.size = 8, .kind = TERN_INT, .align = 8, .hash = 1,
                          .flags = TERN_NAMED | TERN_PLAIN_EQ | TERN_COMPARABLE,
                          .name = TERN_STR_INIT("int")};
static const uint64_t word0[1] = {1};
static tern_type t_chan = {.size = 8, .ptrdata = 8, .ptrmask = word0, .kind = TERN_CHAN,
                           .align = 8, .chandir = 3, .name = TERN_STR_INIT("chan"),
                           .elem = &t_int};
static tern_chan *ch[3] TERN_GLOBAL;
static uint32_t done_sema;
static int64_t sent, received;

enum { EACH = 5 };

static void send_one(int64_t v) {
  tern_scase cases[2] = {{ch[0], &v, true}, {ch[1], &v, true}};
  uint32_t way = pick(3);
  if (way < 2)
    tern_chansend(ch[way], &v);
  else
    tern_selectgo(cases, 2, false);
  add_seq(&sent, v);
}

static void producer(void *arg) {
  for (int64_t i = 0; i < EACH; i++) send_one((int64_t)(uintptr_t)arg * 100 + i);
  semrelease(&done_sema, false);
}

/* Until both are closed and drained; PRK-6. */
static void consumer(void *arg) {
  (void)arg;
  bool open[2] = {true, true};
  while (open[0] || open[1]) {
    int64_t a = 0, b = 0;
    tern_scase cases[2] = {{open[0] ? ch[0] : NULL, &a, false},
                           {open[1] ? ch[1] : NULL, &b, false}};
    bool polls = pick(4) == 0;
    tern_select_result r = tern_selectgo(cases, 2, polls);
    if (r.index < 0) {
      gosched();
      continue;
    }
    if (!r.ok) open[r.index] = false;
    add_seq(&received, r.index == 0 ? a : b);
  }
  semrelease(&done_sema, false);
}

/* T-select-race (E46, PRK-4). */
SCENARIO(select, 0, "senders, selects and a close: nothing lost, nothing twice") {
  for (int i = 0; i < 2; i++) {
    tern_chan *c = tern_makechan(&t_chan, pick(3));
    tern_store_ptr(&ch[i], c);
  }
  for (int64_t i = 1; i <= 3; i++) spawn(producer, (void *)(uintptr_t)i);
  for (int i = 0; i < 2; i++) spawn(consumer, NULL);
  await_sema(&done_sema, 3);
  tern_closechan(ch[0]);
  tern_closechan(ch[1]);
  await_sema(&done_sema, 2);
  CHECK(load_seq(&sent) == load_seq(&received));
}

/* PRK-6, E48: a reader that polls sees the value before the close. */
static void put_and_close(void *arg) {
  (void)arg;
  int64_t v = 7;
  tern_chansend(ch[2], &v);
  tern_closechan(ch[2]);
}

/* T-chan-close-drain (E48, PRK-6). */
SCENARIO(drain, 0, "a value sent before the close is received before it") {
  tern_chan *c = tern_makechan(&t_chan, 1);
  tern_store_ptr(&ch[2], c);
  spawn(put_and_close, NULL);
  for (;;) {
    int64_t v = 0;
    bool ok = false;
    if (!chan_try_recv(ch[2], &v, &ok)) {
      tern_poll();
      if (pick(8) == 0) gosched();
      continue;
    }
    CHECK(ok && v == 7);
    break;
  }
}
