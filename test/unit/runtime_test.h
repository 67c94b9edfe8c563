/* runtime_test.h - what the tests of the runtime's lower rooms share.
 *
 * Each test runs in a process of its own (Check forks).  A test of os, sync or
 * heap is a plain C function; one of sched or gc boots the whole runtime and
 * runs as goroutine 1 (START_RUNTIME_TEST of lang_types.h).  A test of a death
 * runs the deadly part in one more child and looks at its last words.
 */
#ifndef TERN_TEST_RUNTIME_TEST_H
#define TERN_TEST_RUNTIME_TEST_H

#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lang_types.h"
#include "os/os.h"
#include "sched/stack.h"
#include "sync/atomic.h"

/* Runs fn in a child; returns its exit status, or 256 + signal.  What it wrote
 * to standard error goes to text. */
static TERN_UNUSED int run_child(void (*fn)(void), char *text, int n) {
  int fd[2];
  ck_assert_int_eq(pipe(fd), 0);
  pid_t pid = fork();
  ck_assert_int_ge(pid, 0);
  if (pid == 0) {
    dup2(fd[1], 2);
    close(fd[0]);
    close(fd[1]);
    alarm(30);
    fn();
    _exit(0);
  }
  close(fd[1]);
  int at = 0;
  for (;;) {
    char rest[256];
    bool full = at >= n - 1;
    ssize_t k = full ? read(fd[0], rest, sizeof rest)
                     : read(fd[0], text + at, (size_t)(n - 1 - at));
    if (k <= 0) break;
    if (!full) at += (int)k;
  }
  text[at] = 0;
  close(fd[0]);
  int status = 0;
  waitpid(pid, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 256 + WTERMSIG(status);
}

/* fn ends the process with status 2 and says `message`. */
static TERN_UNUSED void assert_dies(void (*fn)(void), const char *message) {
  char text[4096];
  int status = run_child(fn, text, sizeof text);
  ck_assert_msg(status == 2, "status %d, not 2; it said: %s", status, text);
  ck_assert_msg(strstr(text, message) != NULL, "no \"%s\" in: %s", message,
                text);
}

/* The child boots the runtime with body as goroutine 1. */
#define ASSERT_RUNTIME_DIES(body, message)                   \
  do {                                                       \
    runtime_body = (body);                                   \
    assert_dies(boot_runtime_body, (message));               \
  } while (0)
static TERN_UNUSED void (*runtime_body)(void);
static TERN_UNUSED void boot_runtime_body(void) {
  runtime_test_main(0, NULL, runtime_body);
}

/* A runtime test with an environment of its own: "GODEBUG=..." */
#define START_RUNTIME_TEST_ENV(name, ...)                            \
  static void name##_body(void);                                     \
  START_TEST(name) {                                                 \
    static char *env[] = {__VA_ARGS__};                              \
    for (unsigned i = 0; i < sizeof env / sizeof env[0]; i++)        \
      putenv(env[i]);                                                \
    runtime_test_main(0, NULL, name##_body);                         \
  }                                                                  \
  END_TEST                                                           \
  static void name##_body(void)

/* ---- Goroutines by hand ------------------------------------------------- */

/* A closure as emitted code makes them: the code, then what it captured. */
struct task {
  tern_closure closure;
  void (*fn)(void *);
  void *arg;
};
static TERN_UNUSED const uint64_t task_mask[1] = {4};
static TERN_UNUSED tern_type t_task = {
    .size = sizeof(struct task), .ptrdata = sizeof(struct task),
    .ptrmask = task_mask, .kind = TERN_STRUCT, .align = 8,
    .name = TERN_STR_INIT("task")};

/* The body is ordinary C without stack checks: give it room. */
static TERN_UNUSED void task_code(tern_func self) {
  struct task *t = (struct task *)self;
  with_stack(16384, t->fn, t->arg);
}

/* go fn(arg); arg may point into the heap. */
static TERN_UNUSED void spawn(void (*fn)(void *), void *arg) {
  struct task *t = tern_new(&t_task);
  t->closure.fn = (void *)task_code;
  t->fn = fn;
  tern_store_ptr(&t->arg, arg);
  tern_go(&t->closure);
}

/* Lets others run until cond holds, at most 20 seconds. */
#define AWAIT(cond)                                                       \
  do {                                                                    \
    int64_t await_until = os_nanotime() + 20000000000;                    \
    while (!(cond)) {                                                     \
      gosched();                                                          \
      if (os_nanotime() > await_until)                                    \
        throw("%s:%d: waited in vain for %s", __FILE__, __LINE__, #cond); \
    }                                                                     \
  } while (0)

#endif
