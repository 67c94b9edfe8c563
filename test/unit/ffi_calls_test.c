/* ffi_calls_test.c - runtime/ffi and runtime/sched/ccall.c: calls of C that last, what
 * is kept alive meanwhile, callbacks and their lives.
 */
#include "gc_frame.h"

#include <errno.h>
#include <fenv.h>

#include "debug/tracer.h"
#include "ffi/library.h"
#include "gc/pin.h"
#include "heap/stats.h"
#include "trace/trace.h"

static struct signature *sig_of(const tern_type *t) {
  struct complaint why;
  struct signature *s = signature_of(t, &why);
  if (s == NULL) throw("no signature: %s", why.text);
  return s;
}

/* ---- Lives of callbacks ------------------------------------------------------------- */

static const tern_type *const no_types[1] = {NULL};
static tern_type t_func = {.size = 8, .kind = TERN_FUNC, .align = 8, .inout = no_types,
                           .name = TERN_STR_INIT("func()")};
static int64_t called;
static void count_call(tern_func self) { called += self != NULL; }

START_RUNTIME_TEST(callbacks_are_used_again) {
  struct signature *s = sig_of(&t_func);
  tern_closure closure = {(void *)count_call};
  int64_t alive, made;
  uint64_t before = 0;
  void *first = NULL;
  for (int i = 0; i < 1000000; i++) {
    struct callback *cb = callback_make(s, &closure, false);
    if (i == 0) first = callback_code(cb);
    /* CB-2: not before as many others were released */
    if (i > 0 && i <= CALLBACK_QUARANTINE) CHECK(callback_code(cb) != first);
    CHECK(callback_release(cb));
    if (i == 10000) {
      gc_run();
      before = os_resident();
    }
  }
  callback_counts(&alive, &made);
  CHECK(alive == 0 && made <= CALLBACK_QUARANTINE + 2);
  gc_run();
#if !defined __SANITIZE_THREAD__ && !defined __SANITIZE_ADDRESS__ /* their books grow */
  CHECK(os_resident() < before + (8 << 20));
#endif
}

START_RUNTIME_TEST(shared_callbacks) {
  struct signature *s = sig_of(&t_func);
  tern_closure one = {(void *)count_call}, two = {(void *)count_call};
  struct callback *a = callback_make(s, &one, true), *b = callback_make(s, &one, true);
  CHECK(a == b && callback_by_function(&one) == a && callback_by_function(&two) == NULL);
  CHECK(callback_make(s, &two, true) != a && callback_make(s, &one, false) != a);
  CHECK(callback_by_code(callback_code(a)) == a);
  CHECK(callback_release(a) && callback_by_function(&one) == NULL);
  CHECK(callback_make(s, &one, true) != a);
}

static void call_plain(void *code) { ((void (*)(void))code)(); }

static void stale(void) {
  tern_closure closure = {(void *)count_call};
  struct callback *cb = callback_make(sig_of(&t_func), &closure, false);
  ffi_run_c("plain", call_plain, callback_code(cb));
  CHECK(called == 1);
  callback_release(cb);
  ffi_run_c("plain", call_plain, callback_code(cb));
}
static void boot_stale(void) { runtime_test_main(0, NULL, stale); }
START_TEST(stale_callback) {
  assert_dies(boot_stale, "C called a callback that was released: count_call, func()");
}
END_TEST

/* CB-3: nothing but the callback leads to the functions. */
enum { KEPT = 100 };
static struct callback *keepers[KEPT];
static __attribute__((noinline)) void make_callbacks(uintptr_t *hidden) {
  for (int i = 0; i < KEPT; i++) {
    struct task *t = tern_new(&t_task);
    t->closure.fn = (void *)count_call;
    keepers[i] = callback_make(sig_of(&t_func), &t->closure, false);
    hidden[i] = hide(t);
  }
}
START_RUNTIME_TEST(callbacks_keep_functions) {
  static uintptr_t hidden[KEPT];
  make_callbacks(hidden);
  collect();
  for (int i = 0; i < KEPT; i++) CHECK(is_allocated(hidden[i]));
  for (int i = 0; i < KEPT; i++) {
    ffi_run_c("plain", call_plain, callback_code(keepers[i]));
    CHECK(callback_release(keepers[i]));
  }
  CHECK(called == KEPT);
  collect();
  int left = 0;
  for (int i = 0; i < KEPT; i++) left += is_allocated(hidden[i]);
  CHECK(TERN_ASAN || left < KEPT / 4);
}

/* C may round upwards while it calls back; Go rounds to nearest, always. */
static void rounds_like_go(tern_func self) {
  (void)self;
  CHECK(fegetround() == FE_TONEAREST);
  called++;
}
static void round_up_and_call(void *code) {
  fesetround(FE_UPWARD);
  call_plain(code);
  CHECK(fegetround() == FE_UPWARD);
  fesetround(FE_TONEAREST);
}
START_RUNTIME_TEST(callbacks_round_like_go) {
  tern_closure closure = {(void *)rounds_like_go};
  struct callback *cb = callback_make(sig_of(&t_func), &closure, false);
  ffi_run_c("round", round_up_and_call, callback_code(cb));
  CHECK(called == 1);
}

/* ---- Calls that last ----------------------------------------------------------------- */

static void fail_in_c(void *arg) {
  CHECK(in_c_call());
  CHECK(errno == (int)(intptr_t)arg);
  errno = EDOM;
}

START_RUNTIME_TEST(errno_is_the_goroutines) {
  CHECK(!in_c_call());
  getg()->c_errno = 7;
  ffi_run_c("fail", fail_in_c, (void *)7);
  CHECK(getg()->c_errno == EDOM);
  errno = 0;
  gosched();
  ffi_run_c("fail", fail_in_c, (void *)EDOM);
}

static uint32_t in_c, leave_c; /* atomic */
static void wait_in_c(void *arg) {
  (void)arg;
  add_seq(&in_c, 1);
  while (!load_seq(&leave_c)) os_yield();
}
static uint32_t returned; /* atomic */
static void waiter(void *arg) {
  (void)arg;
  ffi_run_c("wait", wait_in_c, NULL);
  CHECK(getp() && getg()->m->curg == getg());
  add_seq(&returned, 1);
  goexit0();
}

/* Five goroutines in C, one P: cycles and stops finish, others run. */
START_RUNTIME_TEST(c_holds_nothing_up) {
  set_gomaxprocs(1);
  for (int i = 0; i < 5; i++) newproc_system(waiter, NULL, 4096, WAIT_NONE);
  while (load_seq(&in_c) < 5) gosched();
  for (int i = 0; i < 3; i++) gc_run();
  stopTheWorld(STW_TEST);
  startTheWorld();
  CHECK(load_seq(&returned) == 0);
  store_seq(&leave_c, 1);
  while (load_seq(&returned) < 5) gosched();
}

/* What only a callee-saved register holds across a call of C is alive meanwhile
 * (SUS-11): in each of four, since go_calls_c itself may save some. */
#define CALL_WITH_REGISTER(name, reg)                                            \
  static __attribute__((noinline)) uint64_t name(void (*fn)(void *)) {           \
    register struct node *held __asm__(reg) = new_node(99);                      \
    __asm__ volatile("" : "+r"(held));                                           \
    clean_stack();                                                               \
    void *arg = NULL;                                                            \
    __asm__ volatile("call go_calls_c" : "+r"(held), "+D"(fn), "+S"(arg)::"rax", \
                     "rcx", "rdx", "r8", "r9", "r10", "r11", "memory", "cc");    \
    return held->id;                                                             \
  }
CALL_WITH_REGISTER(call_with_r12, "r12")
CALL_WITH_REGISTER(call_with_r13, "r13")
CALL_WITH_REGISTER(call_with_r14, "r14")
CALL_WITH_REGISTER(call_with_r15, "r15")

static void (*c_side)(void *);
static void hold_in_register(void *which) {
  static uint64_t (*const call[4])(void (*)(void *)) = {call_with_r12, call_with_r13,
                                                        call_with_r14, call_with_r15};
  CHECK(call[(uintptr_t)which](c_side) == 99);
  semrelease(&done_sema, false);
}
static void collect_while_in_c(int n) {
  AWAIT(load_seq(&in_c) == (uint32_t)n);
  collect();
  for (int i = 0; i < 300000; i++) new_node(1);
  collect();
  store_seq(&leave_c, 1);
  for (int i = 0; i < n; i++) semacquire(&done_sema);
}
START_RUNTIME_TEST(registers_in_c) {
  c_side = wait_in_c;
  for (int64_t i = 0; i < 4; i++) spawn(hold_in_register, (void *)(uintptr_t)i);
  collect_while_in_c(4);
}

/* CC-4: also after a callback that made calls with other registers. */
static void other_registers(void *arg) {
  (void)arg;
  __asm__ volatile(
      "xorl %%r12d, %%r12d\n\txorl %%r13d, %%r13d\n\txorl %%r14d, %%r14d\n\t"
      "xorl %%r15d, %%r15d\n\tcall entersyscall\n\tcall exitsyscall" ::
          : "r12", "r13", "r14", "r15", "rax", "rcx", "rdx", "rsi", "rdi", "r8", "r9",
            "r10", "r11", "memory", "cc");
}
static void call_back_and_wait(void *arg) {
  c_calls_go(other_registers, arg);
  wait_in_c(arg);
}
START_RUNTIME_TEST(registers_after_callback) {
  c_side = call_back_and_wait;
  for (int64_t i = 0; i < 4; i++) spawn(hold_in_register, (void *)(uintptr_t)i);
  collect_while_in_c(4);
}

/* ---- Threads of C ---------------------------------------------------------------------- */

static int64_t visits;
static void visit(void *arg) {
  (void)arg;
  CHECK(getp() && getg()->lockedm == getm() && getg()->goid > 1);
  gosched();
  visits++;
}
static void *visitor(void *arg) {
  c_calls_go(visit, arg);
  CHECK(tern_g == NULL && tern_locks == 0);
  return NULL;
}
static void threads_come_and_go(void *n) {
  for (int64_t i = 0; i < (int64_t)n; i++) {
    pthread_t t;
    CHECK(pthread_create(&t, NULL, visitor, NULL) == 0 && pthread_join(t, NULL) == 0);
  }
}
static int64_t count_ms(void) {
  int64_t n = 0;
  for (struct m *mp = load_acq(&allm); mp; mp = mp->alllink) n++;
  return n;
}
static void read_trace(void *arg) {
  (void)arg;
  while (tracer_read().ptr) {
  }
  add_seq(&returned, 1);
  goexit0();
}

/* FT-3: whatever they took in the runtime is there for the next one, in a trace as
 * well. */
START_RUNTIME_TEST(threads_leave_nothing) {
  enum { MANY = 20000, TRACED = 400 };
  go_calls_c(threads_come_and_go, (void *)100);
  int64_t ms = count_ms(), others = sys_stats.other;
  uint64_t before = os_resident();
  go_calls_c(threads_come_and_go, (void *)MANY);
  CHECK(visits == MANY + 100 && sched.nforeign == 0);
  CHECK(count_ms() <= ms + 8 && sys_stats.other < others + (1 << 18));
#if !defined __SANITIZE_THREAD__ && !defined __SANITIZE_ADDRESS__ /* their books grow */
  CHECK(os_resident() < before + (8 << 20));
#endif
  CHECK(tracer_start());
  newproc_system(read_trace, NULL, 8192, WAIT_NONE);
  go_calls_c(threads_come_and_go, (void *)20);
  int64_t traced = trace_memory();
  go_calls_c(threads_come_and_go, (void *)TRACED);
  CHECK(trace_memory() < traced + (int64_t)(TRACED / 10 * TRACE_BUFFER_BYTES));
  CHECK(tracer_stop());
  while (load_seq(&returned) == 0) gosched();
}

/* ---- What C keeps -------------------------------------------------------------------- */

static tern_type t_pointer = {.size = 8, .ptrdata = 8, .ptrmask = word0_mask,
                              .kind = TERN_UNSAFE_POINTER, .align = 8,
                              .name = TERN_STR_INIT("unsafe.Pointer")};
static const tern_type *const pointer_twice[2] = {&t_pointer, &t_pointer};
static tern_type t_keeps = {.size = 8, .kind = TERN_FUNC, .align = 8, .nin = 1, .nout = 1,
                            .inout = pointer_twice, .name = TERN_STR_INIT("func(p) p")};
static int64_t *kept;
static void *keep_pointer(int64_t *p) {
  *p += 1;
  return kept = p;
}
static void *use_kept(int64_t *p) {
  *p = *kept;
  return NULL;
}

/* Copies are written back, results translated, pinned objects passed as they are;
 * what C keeps without a pin is closed. */
static void poisoned(void) {
  struct signature *s = sig_of(&t_keeps);
  tern_func keep = ffi_new_function(s, (void *)keep_pointer, "keep_pointer", NULL);
  tern_func use = ffi_new_function(s, (void *)use_kept, "use_kept", NULL);
#define CALL(f, p) ((void *(*)(tern_func, void *))(f)->fn)(f, p)
  int64_t *a = tern_new_array(&t_int, 8);
  struct pin *pin = pin_object(a);
  CHECK(CALL(keep, a + 2) == a + 2 && kept == a + 2 && a[2] == 1);
  CALL(use, a);
  CHECK(a[0] == 1);
  unpin_object(pin);
  CHECK(CALL(keep, a + 2) == a + 2 && kept != a + 2 && a[2] == 2);
  CALL(use, a);
}
static void boot_poisoned(void) {
  setenv("GODEBUG", "ffipoison=1", 1);
  runtime_test_main(0, NULL, poisoned);
}
START_TEST(what_c_keeps) {
  assert_dies(boot_poisoned, "C kept a pointer that it was lent for a call of keep_pointer "
                             "only: runtime.Pinner pins what C keeps");
  assert_dies(boot_poisoned, "SIGSEGV: segmentation violation in C code, called as use_kept");
}
END_TEST

/* The same for a string, an object one pointer away, and one whose address is a
 * uintptr; pointers that C moves about are those of the objects afterwards. */
static tern_type t_word = {.size = 8, .kind = TERN_UINTPTR, .align = 8,
                           .name = TERN_STR_INIT("uintptr")};
static const tern_type *const string_to_pointer[2] = {&t_string, &t_pointer};
static const tern_type *const word_to_pointer[2] = {&t_word, &t_pointer};
static tern_type t_keeps_string = {.size = 8, .kind = TERN_FUNC, .align = 8, .nin = 1,
                                   .nout = 1, .inout = string_to_pointer,
                                   .name = TERN_STR_INIT("func(string) p")};
static tern_type t_keeps_word = {.size = 8, .kind = TERN_FUNC, .align = 8, .nin = 1,
                                 .nout = 1, .inout = word_to_pointer,
                                 .name = TERN_STR_INIT("func(uintptr) p")};
static void *swap_and_keep(int64_t **p) {
  int64_t *first = p[0];
  *first += 5;
  p[0] = p[1];
  p[1] = first;
  return kept = p[0];
}
static void lend_nested(tern_func use) {
  tern_func swap = ffi_new_function(sig_of(&t_keeps), (void *)swap_and_keep, "swap", NULL);
  struct node *n = new_node(7);
  struct node *a = new_node(1), *b = new_node(2);
  tern_store_ptr(&n->l, a);
  tern_store_ptr(&n->r, b);
  CHECK((struct node *)CALL(swap, n) == b && (void *)kept != b);
  CHECK(n->l == b && n->r == a && n->id == 7 && n->canary == 7 * CANARY);
  CHECK((intptr_t)a->l == 5 && b->l == NULL && intact(b, 2));
  tern_store_ptr(&a->l, NULL);
  CALL(use, a);
}
static void lend_string(tern_func use) {
  tern_func f = ffi_new_function(sig_of(&t_keeps_string), (void *)keep_pointer, "kstring", NULL);
  tern_string s = TERN_STR("eight by");
  kept = NULL;
  ((void *(*)(tern_func, tern_string))f->fn)(f, s);
  CHECK(kept && (uint8_t *)kept != s.ptr);
  CALL(use, new_node(3));
}
static void lend_word(tern_func use) {
  tern_func f = ffi_new_function(sig_of(&t_keeps_word), (void *)keep_pointer, "kword", NULL);
  int64_t *a = tern_new_array(&t_int, 4);
  CHECK(CALL(f, a + 1) == a + 1 && kept != a + 1 && a[1] == 1);
  CALL(use, a);
}
static void (*lend_something)(tern_func use);
static void lend_it(void) {
  lend_something(ffi_new_function(sig_of(&t_keeps), (void *)use_kept, "use_kept", NULL));
}
static void boot_lend(void) {
  setenv("GODEBUG", "ffipoison=1", 1);
  runtime_test_main(0, NULL, lend_it);
}
#define KEPT_BY(name) \
  "C kept a pointer that it was lent for a call of " name " only: runtime.Pinner pins"
START_TEST(what_c_keeps_besides) {
  lend_something = lend_nested;
  assert_dies(boot_lend, KEPT_BY("swap"));
  lend_something = lend_string;
  assert_dies(boot_lend, KEPT_BY("kstring"));
  lend_something = lend_word;
  assert_dies(boot_lend, KEPT_BY("kword"));
}
END_TEST

/* A pin is enough to keep an object, and nothing else keeps these. */
static __attribute__((noinline)) void pin_many(uintptr_t *object, uintptr_t *pin) {
  for (int i = 0; i < KEPT; i++) {
    struct node *n = new_node(17);
    object[i] = hide(n);
    pin[i] = hide(pin_object(n));
  }
}
static __attribute__((noinline)) void unpin_many(const uintptr_t *pin) {
  for (int i = 0; i < KEPT; i++) unpin_object((struct pin *)~pin[i]);
}
START_RUNTIME_TEST(pins_keep_objects) {
  static uintptr_t object[KEPT], pin[KEPT];
  pin_many(object, pin);
  collect();
  for (int i = 0; i < KEPT; i++) CHECK(is_allocated(object[i]) && is_pinned(~object[i]));
  unpin_many(pin);
  collect();
  int left = 0;
  for (int i = 0; i < KEPT; i++) left += is_allocated(object[i]);
  CHECK(TERN_ASAN || left < KEPT / 4);
}

/* What an argument points to is pinned as long as C runs. */
enum { LENT = 8 };
static void *look_later(int64_t *p) {
  wait_in_c(NULL);
  return (void *)(uintptr_t)*p;
}
static __attribute__((noinline)) void *call_with_new(tern_func f) {
  int64_t *a = tern_new_array(&t_int, 4);
  a[0] = 4711;
  return ((void *(*)(tern_func, void *))f->fn)(f, a);
}
static void lender(void *f) {
  CHECK(call_with_new(f) == (void *)4711);
  semrelease(&done_sema, false);
}
static void *later TERN_GLOBAL;
START_RUNTIME_TEST(arguments_are_pinned) {
  tern_func f = ffi_new_function(sig_of(&t_keeps), (void *)look_later, "later", NULL);
  tern_store_ptr(&later, f);
  for (int i = 0; i < LENT; i++) spawn(lender, f);
  collect_while_in_c(LENT);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(callbacks_are_used_again), TEST(shared_callbacks), TEST(stale_callback),
      TEST(callbacks_keep_functions), TEST(callbacks_round_like_go),
      TEST(errno_is_the_goroutines), TEST(c_holds_nothing_up), TEST(registers_in_c),
      TEST(threads_leave_nothing),
      TEST(registers_after_callback), TEST(what_c_keeps), TEST(what_c_keeps_besides),
      TEST(pins_keep_objects), TEST(arguments_are_pinned)};
  return RUN_TESTS("ffi_calls", tests);
}
