/* ffi_test.c - runtime/ffi: hundreds of random signatures, both ways, against what
 * a C caller gets; types that C has nothing like.
 *
 * The library of random functions is written and compiled once, by the test itself,
 * into the folder of the program.
 */
#include "runtime_test.h"

#include <dlfcn.h>
#include <libgen.h>

#include "ffi/library.h"
#include "gc/gc.h"
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
      TEST(random_calls), TEST(random_callbacks), TEST(complaints)};
  return RUN_TESTS("ffi", tests);
}
