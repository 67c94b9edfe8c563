/* script.h - interleavings by script: which thread reaches which point when.
 *
 * A script is a row of numbered steps.  Each is taken exactly once, in order, by
 * whoever comes to it: test code by step(n), the runtime at a named hook
 * (sync/hook.h, debug build) that the test bound to steps:
 *
 *     on_hook(HOOK_h1_ack, p2, 2);     the hook's first passage for p2 is step 2:
 *                                      whoever comes waits until 0 and 1 were taken
 *     on_hook(HOOK_h1_ack, p2, 5);     its second passage waits for step 4
 *     at_hook(HOOK_execute, g, 1, 4);  takes step 1, then does not go on before
 *                                      step 4 can be taken, and takes it
 *     step(3);                         the same in test code
 *
 * Waiting spins and yields the processor; it never parks, so it is allowed with
 * locks held and between two polls.  A script that does not go on for ten
 * seconds ends the process and says which step nobody took.
 */
#ifndef TERN_TEST_SCRIPT_H
#define TERN_TEST_SCRIPT_H

#include "os/os.h"
#include "sync/hook.h"

enum { SCRIPT_MAX = 32 };
static struct {
  int32_t next; /* atomic: the step to be taken now */
  int32_t n;    /* bindings; written before the threads that pass hooks look */
  struct {
    enum tern_hook at;
    void *what;    /* NULL: anything */
    int32_t first, last;
    uint32_t used; /* atomic: passed already */
  } binding[SCRIPT_MAX];
} script;

static __attribute__((unused)) int32_t steps_done(void) {
  return load_acq(&script.next);
}

/* Waits until steps 0..n-1 were taken; takes nothing. */
static __attribute__((unused)) void await_step(int32_t n) {
  int64_t until = os_nanotime() + 10000000000;
  while (load_acq(&script.next) < n) {
    os_yield();
    if (os_nanotime() > until)
      throw("script: step %d was not taken in ten seconds (step %d waits)",
            load_acq(&script.next), n);
  }
}

/* Takes step n when its turn has come. */
static __attribute__((unused)) void step(int32_t n) {
  await_step(n);
  if (!cas_seq(&script.next, n, n + 1))
    throw("script: step %d was taken twice", n);
}

static void script_passage(enum tern_hook at, void *what) {
  for (int32_t i = 0; i < script.n; i++) {
    if (script.binding[i].at != at) continue;
    if (script.binding[i].what && script.binding[i].what != what) continue;
    if (!cas_seq(&script.binding[i].used, 0, 1)) continue;
    step(script.binding[i].first);
    if (script.binding[i].last != script.binding[i].first)
      step(script.binding[i].last);
    return;
  }
}

/* The next passage of the hook for `what` that no earlier call claimed takes step
 * `first`, then stays there until it can take `last`. */
static __attribute__((unused)) void at_hook(enum tern_hook at, void *what,
                                            int32_t first, int32_t last) {
  CHECK(script.n < SCRIPT_MAX);
  script.binding[script.n].at = at;
  script.binding[script.n].what = what;
  script.binding[script.n].first = first;
  script.binding[script.n].last = last;
  script.binding[script.n].used = 0;
  script.n++;
  hook_set(at, script_passage);
}

static __attribute__((unused)) void on_hook(enum tern_hook at, void *what,
                                            int32_t n) {
  at_hook(at, what, n, n);
}

/* A new script from step 0.  Nobody may be inside a hook. */
static __attribute__((unused)) void script_begin(void) {
  for (int h = 0; h < HOOK_COUNT; h++) hook_set((enum tern_hook)h, 0);
  script.n = 0;
  store_rel(&script.next, 0);
}

#endif
