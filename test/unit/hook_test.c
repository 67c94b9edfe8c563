/* hook_test.c - named hooks, and interleavings that need them, by script.  The
 * points exist in the debug build only; in others one test says so.
 */
#include "gc_frame.h"

#include "script.h"

static int64_t passages;
static bool refuse(struct g *gp, void *arg) {
  (void)gp, (void)arg;
  return false;
}

#if TERN_DEBUG
/* ---- The hooks themselves ----------------------------------------------- */

static void *last_what;
static void count(enum tern_hook at, void *what) {
  CHECK(at == HOOK_park_unlock);
  store_rel(&last_what, what);
  add_seq(&passages, 1);
}
START_RUNTIME_TEST(installed_function) {
  gopark(refuse, NULL, WAIT_NONE);
  CHECK(passages == 0);
  hook_set(HOOK_park_unlock, count);
  gopark(refuse, NULL, WAIT_NONE);
  CHECK(passages >= 1 && last_what == getg());
  hook_set(HOOK_park_unlock, NULL);
  int64_t n = passages;
  gopark(refuse, NULL, WAIT_NONE);
  CHECK(passages == n);
}

/* Fifty passages with up to 4 ms each, half of them delayed: it takes long. */
START_RUNTIME_TEST_ENV(delays, "GODEBUG=delay=park_unlock:4000,delayseed=7",
                       "GOMAXPROCS=1") {
  int64_t began = os_nanotime();
  for (int i = 0; i < 50; i++) gopark(refuse, NULL, WAIT_NONE);
  CHECK(os_nanotime() - began > 10 * 1000000);
}

static void unknown_hook(void) { hooks_from_list("execute:1,exekute:2"); }
START_TEST(list_of_delays) {
  assert_dies(unknown_hook, "there is no hook exekute; the hooks are: execute ");
  hooks_on = false;
  hooks_from_list("gctrace=1");
  ck_assert(!hooks_on);
  hooks_from_list("all:3,gctrace=1");
  ck_assert(hooks_on);
}
END_TEST

static void twice(void) {
  step(0);
  step(0);
}
static void out_of_order(void *arg) {
  (void)arg;
  step(1);
}
START_TEST(script_order) { assert_dies(twice, "step 0 was taken twice"); }
END_TEST
START_RUNTIME_TEST_ENV(script_waits, "GOMAXPROCS=2") {
  spawn(out_of_order, NULL);
  for (int i = 0; i < 20; i++) os_yield();
  CHECK(steps_done() == 0);
  step(0);
  AWAIT(steps_done() == 2);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(installed_function),
      TEST(delays),
      TEST(list_of_delays),
      TEST(script_order),
      TEST(script_waits),
  };
  return RUN_TESTS("hook", tests);
}

#else
static void count(enum tern_hook at, void *what) {
  (void)at, (void)what;
  passages++;
}
START_RUNTIME_TEST(nothing_in_the_release_build) {
  hook_set(HOOK_park_unlock, count);
  gopark(refuse, NULL, WAIT_NONE);
  CHECK(passages == 0);
}

int main(void) {
  const runtime_test tests[] = {TEST(nothing_in_the_release_build)};
  return RUN_TESTS("hook", tests);
}
#endif
