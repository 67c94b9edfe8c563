/* debug_test.c - symbols, source lines and tracebacks of this very program. */
#include <sys/wait.h>
#include <unistd.h>

#include "debug/symtab.h"
#include "debug/traceback.h"
#include "lang_types.h"

static int numbers[3];
int leaf(int64_t i) __asm__("main.leaf");
__attribute__((noinline)) int middle(int64_t i) __asm__("main.middle");
__attribute__((noinline)) int outer(int64_t i) __asm__("main.outer");
__attribute__((noinline)) int64_t stack_of(char *buf, int64_t n)
    __asm__("main.stackOf");
__attribute__((noinline)) int callers(uintptr_t *pcs, int n)
    __asm__("main.callers");

/* The lines below belong to a Go file that does not exist. */
#line 100 "/src/prog.go"
int64_t stack_of(char *buf, int64_t n) {
  int64_t got = debug_stack(buf, n, false); __asm__ volatile(""); return got;
}
int callers(uintptr_t *pcs, int n) {
  int got = debug_callers(0, pcs, n);
  __asm__ volatile("");
  return got;
}
int leaf(int64_t i) { return numbers[tern_index(i, 3)]; }
int middle(int64_t i) {
  return 1 +
         leaf(i);
}
int outer(int64_t i) {
  return middle(i) + 1;
}
static void use_outer(void *i) { numbers[0] = outer((int64_t)i); }
static int64_t call_stack_of(char *buf) { return stack_of(buf, 2048); }
#line 39 "debug_test.c"

START_RUNTIME_TEST(symbols) {
  struct symbol s;
  CHECK(symtab_find((uintptr_t)outer + 1, &s));
  CHECK(strcmp(s.name, "main.outer") == 0 && s.addr == (uintptr_t)outer);
  CHECK(symtab_address("main.middle") == (uintptr_t)middle);
  CHECK(symtab_address("main.nothing") == 0);
  CHECK(!symtab_find(16, &s));
}

START_RUNTIME_TEST(lines) {
  struct source_line l;
  CHECK(dwarf_find_line((uintptr_t)outer, &l));
  CHECK(l.line == 113 && strstr(l.file, "prog.go") != NULL);
  CHECK(!dwarf_find_line(16, &l));
}

START_RUNTIME_TEST(frames) {
  uintptr_t pcs[8];
  struct debug_frame f;
  int n = callers(pcs, 8);
  CHECK(n == 1 && debug_frame(pcs[0], &f));
  CHECK(f.name_len == 12 && memcmp(f.name, "main.callers", 12) == 0);
  CHECK(f.line == 104 && f.entry == (uintptr_t)callers);
  CHECK(!debug_frame(0, &f));
}

START_RUNTIME_TEST(stacks) {
  char buf[2049] = "";
  int64_t n = call_stack_of(buf);
  buf[n] = 0;
  CHECK(strncmp(buf, "goroutine 1 [running]:\n", 23) == 0);
  CHECK(strstr(buf, "main.stackOf(...)\n\t/src/prog.go:101 +0x") != NULL);
  CHECK(stack_of(buf, 10) == 10); /* cut off, not overrun */
}

/* A function that was inlined is shown with its own line and its caller's. */
static void die_in_leaf(void) { use_outer((void *)7); }

/* Runs body in a child whose standard error is read back. */
static void stderr_of(void (*body)(void), const char *level, char *out, int n) {
  int fds[2], status;
  ck_assert(pipe(fds) == 0);
  pid_t pid = fork();
  if (pid == 0) {
    dup2(fds[1], 2);
    setenv("GOTRACEBACK", level, 1);
    runtime_test_main(0, NULL, body);
  }
  close(fds[1]);
  int len = 0, got;
  while (len < n - 1 && (got = (int)read(fds[0], out + len, (size_t)(n - 1 - len))) > 0)
    len += got;
  out[len] = 0;
  waitpid(pid, &status, 0);
  ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 2);
}

START_TEST(panic_traceback) {
  char out[4096];
  stderr_of(die_in_leaf, "single", out, sizeof out);
  const char *want[] = {
      "panic: runtime error: index out of range [7] with length 3\n\n"
      "goroutine 1 [running]:\nmain.leaf(...)\n\t/src/prog.go:108 +0x",
      "main.middle(...)\n\t/src/prog.go:111 +0x",
      "main.outer(...)\n\t/src/prog.go:114 +0x"};
  const char *at = out;
  for (int i = 0; i < 3; i++) {
    at = strstr(at, want[i]);
    ck_assert_msg(at != NULL, "missing: %s\nin: %s", want[i], out);
  }
  ck_assert(strstr(out, "tern_") == NULL); /* the runtime's frames are hidden */
  stderr_of(die_in_leaf, "system", out, sizeof out);
  ck_assert(strstr(out, "tern_gopanic") != NULL || strstr(out, "panic(...)"));
  stderr_of(die_in_leaf, "none", out, sizeof out);
  ck_assert(strstr(out, "goroutine") == NULL);
  exit(0);
}
END_TEST

int main(void) {
  const runtime_test tests[] = {TEST(symbols), TEST(lines), TEST(frames),
                                TEST(stacks), TEST(panic_traceback)};
  return RUN_TESTS("debug", tests);
}
