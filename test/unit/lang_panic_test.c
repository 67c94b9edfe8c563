/* lang_panic_test.c - defer, panic, recover; run-time errors; interfaces. */
#include "lang_types.h"

/* ---- A log of what ran --------------------------------------------------------- */

static char log_text[128];
static int log_len;
static void log_char(char c) { log_text[log_len++] = c; }
static bool log_is(const char *want) {
  log_text[log_len] = 0;
  bool same = strcmp(log_text, want) == 0;
  if (!same) os_print("log %s, want %s\n", log_text, want);
  log_len = 0;
  return same;
}

struct logging {
  tern_closure closure;
  char c;
};
static void log_code(tern_func self) { log_char(((struct logging *)self)->c); }
#define LOGGING(ch) {{(void *)log_code}, ch}

static const tern_string text_a = TERN_STR_INIT("a"), text_b = TERN_STR_INIT("b");
static void panic_with(const tern_string *s) {
  tern_gopanic((tern_eface){&t_string, tern_box(&t_string, s)});
}
static char recovered_text(tern_eface v) {
  return v.type == NULL ? '-' : (char)((tern_string *)v.data)->ptr[0];
}

/* defer func() { log_char(recover()) }() */
static void recover_code(tern_func self) {
  (void)self;
  void *token = tern_recover_enter((void *)recover_code);
  log_char(recovered_text(tern_recover(token)));
}
static tern_closure recover_closure = {(void *)recover_code};
static void panic_b_code(tern_func self) {
  (void)self;
  panic_with(&text_b);
}
static tern_closure panic_b_closure = {(void *)panic_b_code};

/* Calls body with `n` deferred closures, last one first to run. */
static __attribute__((noinline)) void with_defers(tern_func *fns, int n,
                                                  void (*body)(void)) {
  tern_defer_frame f;
  tern_defer d[4];
  tern_defer_enter(&f);
  if (tern_setjmp(f.jmp) == 0) {
    for (int i = 0; i < n; i++) tern_defer_push(&f, &d[i], fns[i]);
    body();
    log_char('e'); /* not reached after a panic */
  }
  tern_defer_leave(&f);
}

static void nothing(void) { log_char('n'); }
static void panic_a(void) { panic_with(&text_a); }

START_RUNTIME_TEST(defer_order) {
  struct logging x = LOGGING('x'), y = LOGGING('y');
  tern_func fns[] = {&x.closure, &y.closure};
  with_defers(fns, 2, nothing);
  CHECK(log_is("neyx"));
}

START_RUNTIME_TEST(recover_basic) {
  struct logging x = LOGGING('x'), y = LOGGING('y');
  tern_func fns[] = {&x.closure, &recover_closure, &y.closure};
  with_defers(fns, 3, panic_a);
  CHECK(log_is("yax"));
  with_defers(fns, 3, nothing); /* no panic: recover gives nil */
  CHECK(log_is("ney-x"));
  CHECK(getg()->panics == NULL && getg()->defer_frames == NULL);
}

/* A deferred call panics anew: the new panic replaces the old one. */
START_RUNTIME_TEST(recover_nested) {
  tern_func fns[] = {&recover_closure, &panic_b_closure};
  with_defers(fns, 2, panic_a);
  CHECK(log_is("b"));
  CHECK(getg()->panics == NULL);
}

/* A deferred call recovers its own panic: the outer one goes on. */
static void inner(void) {
  tern_func fns[] = {&recover_closure};
  with_defers(fns, 1, panic_a);
}
static void inner_code(tern_func self) {
  (void)self;
  inner();
}
static tern_closure inner_closure = {(void *)inner_code};
static void panic_b(void) { panic_with(&text_b); }
START_RUNTIME_TEST(recover_inside_deferred) {
  tern_func fns[] = {&recover_closure, &inner_closure};
  with_defers(fns, 2, panic_b);
  CHECK(log_is("ab"));
}

/* recover in a function called by the deferred one does nothing. */
static void indirect_code(tern_func self) { recover_code(self); }
static tern_closure indirect_closure = {(void *)indirect_code};
START_RUNTIME_TEST(recover_indirect) {
  tern_func fns[] = {&recover_closure, &indirect_closure};
  with_defers(fns, 2, panic_a);
  CHECK(log_is("-a"));
}

/* ... but a wrapper that announces itself is transparent. */
static void forward_code(tern_func self) {
  tern_recover_forward((void *)forward_code, (void *)recover_code);
  recover_code(self);
}
static tern_closure forward_closure = {(void *)forward_code};
START_RUNTIME_TEST(recover_forwarded) {
  tern_func fns[] = {&forward_closure};
  with_defers(fns, 1, panic_a);
  CHECK(log_is("a"));
}

static void deferred_in_loop(void) {
  tern_defer_frame f;
  struct logging *l;
  static tern_type t_logging = {.size = sizeof(struct logging),
                                .kind = TERN_STRUCT, .align = 8};
  tern_defer_enter(&f);
  for (char c = 'a'; c < 'e'; c++) {
    l = tern_new(&t_logging);
    *l = (struct logging)LOGGING(c);
    tern_defer_heap(&f, &l->closure);
  }
  tern_defer_leave(&f);
}
START_RUNTIME_TEST(defer_heap) {
  deferred_in_loop();
  CHECK(log_is("dcba"));
}

/* ---- Run-time errors ------------------------------------------------------------- */

static void index_high(void *a) { (void)a; tern_panic_index(5, 3); }
static void index_negative(void *a) { (void)a; tern_panic_index(-1, 3); }
static void index_unsigned(void *a) { (void)a; tern_panic_index_u(~0ul, 3); }
static void slice_cap(void *a) {
  (void)a;
  tern_panic_slice(0, 9, 4, 3, 4, false, false);
}
static void slice_len(void *a) {
  (void)a;
  tern_panic_slice(0, 9, 4, 4, 4, true, false);
}
static void slice_low(void *a) {
  (void)a;
  tern_panic_slice(3, 2, 4, 4, 4, true, false);
}
static void slice_three(void *a) {
  (void)a;
  tern_panic_slice(0, 5, 4, 4, 4, false, true);
}
static void divide(void *a) { (void)a; tern_div_i64(1, 0); }
static void shift(void *a) { (void)a; tern_shift_count(-1); }
static void nil_panic(void *a) { (void)a; tern_gopanic((tern_eface){0, 0}); }
static void compare_slices(void *a) {
  (void)a;
  tern_slice s = {0, 0, 0};
  tern_efaceeq((tern_eface){&t_int_slice, &s}, (tern_eface){&t_int_slice, &s});
}
static void assert_concrete(void *a) {
  (void)a;
  tern_panic_assert(&t_eface, &t_string, &t_int);
}
static void assert_nil(void *a) {
  (void)a;
  tern_panic_assert(&t_eface, NULL, &t_int);
}
static void fault(void *a) { *(volatile int *)a = 1; }

START_RUNTIME_TEST(error_texts) {
  static const struct { void (*fn)(void *); const char *text; } cases[] = {
      {index_high, "index out of range [5] with length 3"},
      {index_negative, "index out of range [-1]"},
      {index_unsigned, "index out of range [18446744073709551615] with length 3"},
      {slice_cap, "slice bounds out of range [:9] with capacity 4"},
      {slice_len, "slice bounds out of range [:9] with length 4"},
      {slice_low, "slice bounds out of range [3:2]"},
      {slice_three, "slice bounds out of range [:5:4]"},
      {divide, "integer divide by zero"},
      {shift, "negative shift amount"},
      {compare_slices, "comparing uncomparable type []int"},
      {fault, "invalid memory address or nil pointer dereference"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
    char want[128];
    os_format(want, sizeof want, "runtime error: %s", cases[i].text);
    CHECK(error_is(catch_panic(cases[i].fn, NULL), want));
  }
  CHECK(error_is(catch_panic(assert_concrete, NULL),
                 "interface conversion: interface {} is string, not int"));
  CHECK(error_is(catch_panic(assert_nil, NULL),
                 "interface conversion: interface {} is nil, not int"));
  CHECK(error_is(catch_panic(nil_panic, NULL),
                 "panic called with nil argument"));
}

/* ---- Interfaces --------------------------------------------------------------------- */

static tern_type t_text_func = {.size = 8, .ptrdata = 8, .ptrmask = word0_mask,
                                .kind = TERN_FUNC, .align = 8, .hash = 20,
                                .flags = TERN_DIRECT,
                                .name = TERN_STR_INIT("func() string")};
static const tern_imethod b_methods[] = {
    {TERN_STR_INIT("B"), TERN_STR_INIT(""), &t_text_func}};
static const tern_method ab_methods[] = {
    {TERN_STR_INIT("A"), TERN_STR_INIT(""), &t_text_func, (void *)1},
    {TERN_STR_INIT("B"), TERN_STR_INIT(""), &t_text_func, (void *)2}};
static tern_type t_has_b = {.size = 16, .kind = TERN_INTERFACE, .align = 8,
                            .name = TERN_STR_INIT("main.I"), .nimethods = 1,
                            .imethods = b_methods};
static tern_type t_ab = {.size = 8, .kind = TERN_INT, .align = 8, .flags = PLAIN,
                         .name = TERN_STR_INIT("main.T"), .nmethods = 2,
                         .methods = ab_methods};
static void assert_missing(void *a) {
  (void)a;
  tern_assert_itab(&t_has_b, &t_int);
}

START_RUNTIME_TEST(itabs) {
  const tern_itab *tab = tern_find_itab(&t_has_b, &t_ab);
  CHECK(tab != NULL && tab->type == &t_ab && tab->fun[0] == (void *)2);
  CHECK(tern_find_itab(&t_has_b, &t_ab) == tab);
  CHECK(tern_find_itab(&t_has_b, &t_int) == NULL);
  CHECK(tern_find_itab(&t_has_b, NULL) == NULL);
  CHECK(error_is(catch_panic(assert_missing, NULL),
                 "interface conversion: int is not main.I: missing method B"));
  /* Many pairs: the table grows. */
  static tern_type many[500];
  for (int i = 0; i < 500; i++) {
    many[i] = t_ab;
    CHECK(tern_find_itab(&t_has_b, &many[i])->type == &many[i]);
  }
  for (int i = 0; i < 500; i++)
    CHECK(tern_find_itab(&t_has_b, &many[i])->type == &many[i]);
}

START_RUNTIME_TEST(boxing) {
  for (int64_t v = -2; v < 300; v++) {
    tern_eface a = {&t_int, tern_box(&t_int, &v)};
    tern_eface b = {&t_int, tern_box(&t_int, &v)};
    CHECK(*(int64_t *)a.data == v && tern_efaceeq(a, b));
    if (v >= 0 && v < 256) CHECK(a.data == b.data);
  }
  tern_string s = TERN_STR("x"), empty = {0, 0};
  tern_eface a = {&t_string, tern_box(&t_string, &s)};
  tern_eface b = {&t_string, tern_box(&t_string, &empty)};
  CHECK(!tern_efaceeq(a, b));
  CHECK(!tern_efaceeq(a, (tern_eface){0, 0}));
  CHECK(tern_efaceeq((tern_eface){0, 0}, (tern_eface){0, 0}));
  double nan = __builtin_nan("");
  tern_eface n = {&t_float64, tern_box(&t_float64, &nan)};
  CHECK(!tern_efaceeq(n, n));
}

int main(void) {
  const runtime_test tests[] = {
      TEST(defer_order),      TEST(recover_basic),
      TEST(recover_nested),   TEST(recover_inside_deferred),
      TEST(recover_indirect), TEST(recover_forwarded),
      TEST(defer_heap),       TEST(error_texts),
      TEST(itabs),            TEST(boxing)};
  return RUN_TESTS("lang_panic", tests);
}
