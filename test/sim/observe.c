/* observe.c - what looks at a running program: traces, profiles, tracebacks; and
 * goroutines that are bound to their threads while it happens.
 */
#include <stdlib.h>
#include <string.h>

#include "debug/profile.h"
#include "debug/tracer.h"
#include "debug/walk.h"
#include "scenario.h"
#include "trace/parse.h"

static uint32_t done_sema, read_sema, turnstile, enough;

static void brief(void *arg) {
  (void)arg;
  semrelease(&done_sema, false);
}

/* Its thread ends with it. */
static void bound_to_death(void *arg) {
  runtime_lock_thread();
  if (pick(2)) gosched();
  brief(arg);
}

/* One of everything. */
static void worker(void *arg) {
  (void)arg;
  int children = 0;
  for (int i = 0; i < 8; i++) {
    switch (pick(7)) {
      case 0: gosched(); break;
      case 1: call_system(pick(2) * 30); break;
      case 2:
        spawn(pick(4) ? brief : bound_to_death, NULL);
        children++;
        break;
      case 3: goroutine_sleep(1 + pick(20000)); break;
      case 4:
        semrelease(&turnstile, pick(2));
        semacquire(&turnstile);
        break;
      default:
        for (int n = 0; n < 10; n++) tern_poll();
    }
  }
  await_sema(&done_sema, children);
  add_seq(&enough, 1);
}

/* ---- Traces --------------------------------------------------------------- */

static struct {
  uint8_t p[1 << 20];
  size_t n;
} file;

static void read_it(void *arg) {
  (void)arg;
  for (;;) {
    tern_slice s = tracer_read();
    if (!s.ptr) break;
    CHECK(file.n + (size_t)s.len <= sizeof file.p);
    memcpy(file.p + file.n, s.ptr, (size_t)s.len);
    file.n += (size_t)s.len;
  }
  semrelease(&read_sema, false);
}

static void check_file(void *arg) {
  (void)arg;
  struct trace_file f;
  if (!trace_parse(file.p, file.n, &f) || !trace_check(&f))
    throw("trace of %ld events: %s", (long)f.n, f.error);
  trace_file_free(&f);
}

SCENARIO(trace, 0, "traces of workers, collections, other numbers of Ps: each must play") {
  for (int i = 0; i < 2; i++) spawn(worker, NULL);
  for (int i = 0; i < 2; i++) {
    file.n = 0;
    if (!tracer_start()) {
      CHECK(sim_refused() > 0);
      continue;
    }
    spawn(read_it, NULL);
    switch (pick(4)) {
      case 0: gc_run(); break;
      case 1: set_gomaxprocs(1 + (int32_t)pick(4)); break;
      case 2: goroutine_sleep(1 + pick(100000)); break;
      default: spawn(brief, NULL), semacquire(&done_sema);
    }
    CHECK(tracer_stop());
    semacquire(&read_sema);
    if (sim_refused() == 0) systemstack(check_file, NULL); /* else events are lost */
  }
  while (load_seq(&enough) < 2) gosched();
}

/* ---- Bound goroutines ------------------------------------------------------- */

static void bound(void *arg) {
  struct m *mine;
  runtime_lock_thread();
  mine = getm();
  for (int i = 0; i < 6; i++) {
    switch (pick(5)) {
      case 0: gosched(); break;
      case 1: call_system(pick(2) * 30); break;
      case 2:
        semrelease(&turnstile, pick(2));
        semacquire(&turnstile);
        break;
      case 3: goroutine_sleep(1 + pick(20000)); break;
      default:
        for (int n = 0; n < 10; n++) tern_poll();
    }
    CHECK(getm() == mine);
  }
  if (pick(2)) runtime_unlock_thread(); /* else its thread ends */
  (void)arg;
  semrelease(&read_sema, false);
}

SCENARIO(locked, 0, "goroutines bound to threads, stops, handshakes, collections") {
  for (int i = 0; i < 3; i++) spawn(bound, NULL);
  for (int i = 0; i < 3; i++) {
    switch (pick(4)) {
      case 0:
        stopTheWorld(STW_TEST);
        startTheWorld();
        break;
      case 1: gc_run(); break;
      case 2: set_gomaxprocs(1 + (int32_t)pick(4)); break;
      default: gosched();
    }
  }
  await_sema(&read_sema, 3);
}

/* ---- Profiles --------------------------------------------------------------- */

static void look(struct walk *w, void *arg) {
  (void)w;
  add_rlx((int64_t *)arg, 1);
}

static char text[65536];
static struct stack_record records[64];

static void watcher(void *arg) {
  (void)arg;
  int64_t seen = 0;
  for (int i = 0; i < 3; i++) {
    switch (pick(3)) {
      case 0: CHECK(debug_goroutine_profile(records, 64) > 0); break;
      case 1: debug_inspect(1 + (int64_t)pick(12), look, &seen); break;
      default: CHECK(debug_stacks_running(text, sizeof text) > 0);
    }
    tern_poll();
  }
  semrelease(&read_sema, false);
}

SCENARIO(profile, 0, "profiles and tracebacks of goroutines that go on") {
  for (int i = 0; i < 2; i++) spawn(worker, NULL);
  spawn(watcher, NULL);
  if (pick(2)) gc_run();
  semacquire(&read_sema);
  while (load_seq(&enough) < 2) gosched();
}
