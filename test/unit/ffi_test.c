/* ffi_test.c - runtime/ffi: hundreds of random signatures, both ways, against what
 * a C caller gets; classes of values, variadic calls, callbacks and their lives.
 *
 * The library of random functions is written and compiled once, by the test itself,
 * into the folder of the program.
 */
#include "runtime_test.h"

#include <dlfcn.h>
#include <errno.h>
#include <libgen.h>

#include "debug/memstats.h"
#include "debug/tracer.h"
#include "ffi/library.h"
#include "gc/gc.h"
#include "gc/pin.h"
#include "heap/stats.h"
#include "trace/trace.h"
#include "ffi_signatures.h"

enum { CASES = 400 };
static char source_path[4096], library_path[4096];

static void make_library(const char *program) {
  snprintf(source_path, sizeof source_path, "%s.signatures.c", program);
  snprintf(library_path, sizeof library_path, "%s.signatures.so", program);
  FILE *f = fopen(source_path, "w");
  if (f == NULL) exit(2);
  sig_write_library(f, CASES);
  fclose(f);
  char command[12000];
  const char *cc = getenv("CC");
  snprintf(command, sizeof command,
           "%s -std=gnu17 -O1 -fPIC -shared -fno-stack-protector -Wno-format-overflow "
           "-iquoteruntime -o %s %s", cc != NULL && *cc != 0 ? cc : "cc", library_path,
           source_path);
  if (system(command) != 0) exit(2);
}

static struct sig_case *cases;
static uint64_t *seen;

static void open_library(void) {
  tern_string message;
  tern_string path = {(const uint8_t *)library_path, (int64_t)strlen(library_path)};
  void *lib = library_open(path, RTLD_NOW, &message);
  CHECK(lib != NULL);
  cases = library_symbol(lib, TERN_STR("cases"), &message);
  seen = library_symbol(lib, TERN_STR("seen"), &message);
  CHECK(cases != NULL && seen != NULL);
}

static struct signature *sig_of(const tern_type *t) {
  struct complaint why;
  struct signature *s = signature_of(t, &why);
  if (s == NULL) throw("no signature: %s", why.text);
  CHECK(signature_of(t, &why) == s); /* cached */
  return s;
}

/* ---- Random signatures ------------------------------------------------------------ */

static _Alignas(16) char in[SIG_BYTES], out[SIG_BYTES], want[SIG_BYTES];

static void compare(const struct sig_case *c, const char *how, uint64_t hash) {
  if (*seen != hash) throw("%s %s: other arguments arrived", c->text, how);
  if (c->result_hash(out) != c->result_hash(want))
    throw("%s %s: another result came back", c->text, how);
}

START_RUNTIME_TEST(random_calls) {
  int direct = 0;
  open_library();
  for (int i = 0; i < CASES; i++) {
    struct sig_case *c = &cases[i];
    struct signature *s = sig_of(c->type);
    tern_func f = ffi_new_function(s, c->c, c->text, NULL);
    direct += s->direct;
    for (int round = 0; round < 5; round++) {
      c->fill(in, (uint64_t)test_rand(1 << 30));
      c->direct(in, want);
      uint64_t hash = *seen;
      *seen = 0;
      memset(out, 0x5a, sizeof out);
      c->through(f, in, out);
      compare(c, "called from Go", hash);
      if (round == 2) gc_run();
    }
  }
  CHECK(direct > CASES / 50 && direct < CASES / 2); /* both ways were gone */
}

struct back_call {
  struct sig_case *c;
  void *code;
};
static void call_back(void *p) {
  struct back_call *b = p;
  b->c->back(b->code, in, out);
}

START_RUNTIME_TEST(random_callbacks) {
  open_library();
  for (int i = 0; i < CASES; i++) {
    struct sig_case *c = &cases[i];
    struct signature *s = sig_of(c->type);
    CHECK(s->not_a_callback == NULL);
    tern_closure closure = {c->go};
    struct callback *cb = callback_make(s, &closure, false);
    for (int round = 0; round < 5; round++) {
      c->fill(in, (uint64_t)test_rand(1 << 30));
      c->direct(in, want);
      uint64_t hash = *seen;
      *seen = 0;
      memset(out, 0x5a, sizeof out);
      struct back_call b = {c, callback_code(cb)};
      ffi_run_c("back", call_back, &b);
      compare(c, "called from C", hash);
    }
    CHECK(callback_release(cb) && !callback_release(cb));
  }
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

/* ---- What C has nothing like -------------------------------------------------------------- */

START_RUNTIME_TEST(complaints) {
  struct complaint why;
  static tern_type chan = {.size = 8, .kind = TERN_CHAN, .align = 8,
                           .name = TERN_STR_INIT("chan int")};
  static const tern_type *const inout[2] = {&chan, &t_int};
  static tern_type takes = {.size = 8, .kind = TERN_FUNC, .align = 8, .nin = 1,
                            .inout = inout, .name = TERN_STR_INIT("func(chan int)")};
  static tern_type two = {.size = 8, .kind = TERN_FUNC, .align = 8, .nout = 2,
                          .inout = inout, .name = TERN_STR_INIT("func() (chan int, int)")};
  CHECK(signature_of(&takes, &why) == NULL);
  CHECK(strcmp(why.text, "unsupported type chan int: C has nothing like it") == 0);
  CHECK(signature_of(&two, &why) == NULL);
  CHECK(strcmp(why.text, "function can only return zero or one values") == 0);
}

int main(int argc, char **argv) {
  (void)argc;
  const char *seed = getenv("TERN_SEED");
  test_seed = seed != NULL ? strtoull(seed, NULL, 0) : os_random();
  uint64_t first = test_seed;
  make_library(argv[0]);
  char text[32];
  snprintf(text, sizeof text, "%llu", (unsigned long long)first);
  setenv("TERN_SEED", text, 1); /* run_tests prints it */
  const runtime_test tests[] = {
      TEST(random_calls), TEST(random_callbacks), TEST(callbacks_are_used_again),
      TEST(shared_callbacks), TEST(stale_callback), TEST(errno_is_the_goroutines),
      TEST(c_holds_nothing_up), TEST(threads_leave_nothing), TEST(what_c_keeps), TEST(complaints)};
  return RUN_TESTS("ffi", tests);
}
