/* lang_types.h - type descriptors and a frame for the lang room's tests.
 *
 * A test body runs as goroutine 1 of a booted runtime in a process of its own
 * (Check forks); it fails by CHECK, which ends the process with status 2.
 */
#ifndef TERN_TEST_LANG_TYPES_H
#define TERN_TEST_LANG_TYPES_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lang/lang.h"
#include "os/print.h"
#include "sched/sched.h"
#include "sched/test.h"

static const uint64_t word0_mask[1] = {1};
static const uint64_t word1_mask[1] = {2};

#define PLAIN (TERN_NAMED | TERN_PLAIN_EQ | TERN_COMPARABLE)
static TERN_UNUSED tern_type t_int = {.size = 8, .kind = TERN_INT, .align = 8,
                                      .flags = PLAIN, .hash = 1,
                                      .name = TERN_STR_INIT("int")};
static TERN_UNUSED tern_type t_int32 = {.size = 4, .kind = TERN_INT32,
                                        .align = 4, .flags = PLAIN, .hash = 2,
                                        .name = TERN_STR_INIT("int32")};
static TERN_UNUSED tern_type t_uint8 = {.size = 1, .kind = TERN_UINT8,
                                        .align = 1, .flags = PLAIN, .hash = 3,
                                        .name = TERN_STR_INIT("uint8")};
static TERN_UNUSED tern_type t_string = {
    .size = 16, .ptrdata = 8, .ptrmask = word0_mask, .kind = TERN_STRING,
    .align = 8, .flags = TERN_NAMED | TERN_COMPARABLE, .hash = 4,
    .name = TERN_STR_INIT("string")};
static TERN_UNUSED tern_type t_float64 = {
    .size = 8, .kind = TERN_FLOAT64, .align = 8, .hash = 5,
    .flags = TERN_NAMED | TERN_COMPARABLE, .name = TERN_STR_INIT("float64")};
static TERN_UNUSED tern_type t_eface = {
    .size = 16, .ptrdata = 16, .ptrmask = word1_mask, .kind = TERN_INTERFACE,
    .align = 8, .flags = TERN_COMPARABLE, .hash = 6,
    .name = TERN_STR_INIT("interface {}")};
static TERN_UNUSED tern_type t_int_ptr = {
    .size = 8, .ptrdata = 8, .ptrmask = word0_mask, .kind = TERN_POINTER,
    .align = 8, .flags = TERN_DIRECT | TERN_PLAIN_EQ | TERN_COMPARABLE,
    .hash = 7, .name = TERN_STR_INIT("*int"), .elem = &t_int};
static TERN_UNUSED tern_type t_int_slice = {
    .size = 24, .ptrdata = 8, .ptrmask = word0_mask, .kind = TERN_SLICE,
    .align = 8, .hash = 8, .name = TERN_STR_INIT("[]int"), .elem = &t_int};
static TERN_UNUSED tern_type t_empty = {
    .size = 0, .kind = TERN_STRUCT, .align = 1, .flags = PLAIN, .hash = 9,
    .name = TERN_STR_INIT("struct {}")};

#define MAP_TYPE(var, k, v)                                          \
  static TERN_UNUSED tern_type var = {                               \
      .size = 8, .ptrdata = 8, .ptrmask = word0_mask,                \
      .kind = TERN_MAP, .align = 8, .flags = TERN_DIRECT,            \
      .name = TERN_STR_INIT("map"), .key = &k, .elem = &v}
#define CHAN_TYPE(var, e)                                            \
  static TERN_UNUSED tern_type var = {                               \
      .size = 8, .ptrdata = 8, .ptrmask = word0_mask,                \
      .kind = TERN_CHAN, .align = 8,                                 \
      .flags = TERN_DIRECT | TERN_PLAIN_EQ | TERN_COMPARABLE,        \
      .chandir = 3, .name = TERN_STR_INIT("chan"), .elem = &e}

/* A small generator with a seed that can be set: TERN_SEED. */
static uint64_t test_seed;
static TERN_UNUSED uint32_t test_rand(uint32_t n) {
  uint64_t s = load_rlx(&test_seed) * 6364136223846793005u + 1442695040888963407u;
  store_rlx(&test_seed, s);
  return (uint32_t)((s >> 33) % n);
}

/* Runs fn with a deferred call that recovers; returns what was recovered. */
struct catcher {
  tern_closure closure;
  tern_eface got;
};
static void catcher_code(tern_func self) {
  void *token = tern_recover_enter((void *)catcher_code);
  ((struct catcher *)self)->got = tern_recover(token);
}
static TERN_UNUSED __attribute__((noinline)) tern_eface catch_panic(
    void (*fn)(void *), void *arg) {
  struct catcher c = {{(void *)catcher_code}, {0, 0}};
  tern_defer_frame f;
  tern_defer d;
  tern_defer_enter(&f);
  if (tern_setjmp(f.jmp) == 0) {
    tern_defer_push(&f, &d, &c.closure);
    fn(arg);
  }
  tern_defer_leave(&f);
  return *(volatile tern_eface *)&c.got;
}

static TERN_UNUSED bool error_is(tern_eface v, const char *want) {
  tern_string text;
  if (!error_text(v, &text)) return false;
  bool same = text.len == (int64_t)strlen(want) &&
              memcmp(text.ptr, want, (size_t)text.len) == 0;
  if (!same) os_print("have an error of %ld bytes, want: %s\n", text.len, want);
  return same;
}

/* START_RUNTIME_TEST(name) { body as a goroutine } */
#define START_RUNTIME_TEST(name)                  \
  static void name##_body(void);                  \
  START_TEST(name) {                              \
    runtime_test_main(0, NULL, name##_body);      \
  }                                               \
  END_TEST                                        \
  static void name##_body(void)

typedef struct {
  const char *name;
  const TTest *test;
} runtime_test;

static int __attribute__((unused)) run_tests(const char *suite_name, const runtime_test *tests, int n) {
  const char *seed = getenv("TERN_SEED");
  test_seed = seed ? strtoull(seed, NULL, 10) : 1;
  printf("%s: TERN_SEED=%llu\n", suite_name, (unsigned long long)test_seed);
  Suite *s = suite_create(suite_name);
  for (int i = 0; i < n; i++) {
    TCase *tc = tcase_create(tests[i].name);
    tcase_set_timeout(tc, 60);
    tcase_add_exit_test(tc, tests[i].test, 0);
    suite_add_tcase(s, tc);
  }
  SRunner *sr = srunner_create(s);
  srunner_run_all(sr, CK_ENV);
  int failed = srunner_ntests_failed(sr);
  srunner_free(sr);
  return failed != 0;
}
#define TEST(name) {#name, name}
#define RUN_TESTS(suite, tests) \
  run_tests(suite, tests, (int)(sizeof tests / sizeof tests[0]))

#endif
