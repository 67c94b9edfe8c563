/* os_test.c - memory, threads, time, signals, printing, stack switching. */
#include <sys/resource.h>
#include <fcntl.h>
#include <time.h>

#include "runtime_test.h"

/* ---- Printing ----------------------------------------------------------- */

START_TEST(format) {
  char b[64];
  ck_assert_int_eq(os_format(b, sizeof b, "%d|%5d|%05d|%u|%x", -7, 42, -42, 7u,
                             0xbeefu), 21);
  ck_assert_str_eq(b, "-7|   42|-0042|7|beef");
  os_format(b, sizeof b, "%ld %lu %lx", (long)INT64_MIN, (unsigned long)-1,
            0x123456789abul);
  ck_assert_str_eq(b, "-9223372036854775808 18446744073709551615 123456789ab");
  os_format(b, sizeof b, "%s %c %p %%", "text", 'x', (void *)0x10);
  ck_assert_str_eq(b, "text x 0x10 %");
  os_format(b, sizeof b, "%f %.1f %.0f %.3f", 1.5, -0.26, 2.6, 0.0005);
  ck_assert_str_eq(b, "1.500 -0.3 3 0.001");
}
END_TEST

/* Output never passes the buffer, and is terminated. */
START_TEST(format_bounds) {
  for (int n = 1; n < 20; n++) {
    char b[32];
    memset(b, 'Z', sizeof b);
    int len = os_format(b, n, "%s%d", "abcdefgh", 123456);
    ck_assert_int_lt(len, n);
    ck_assert_int_eq(b[len], 0);
    ck_assert_int_eq(b[n], 'Z');
    ck_assert_int_eq(strncmp(b, "abcdefgh123456", (size_t)len), 0);
  }
}
END_TEST

static void throws(void) { throw("the %s broke: %d", "rule", 42); }
static void fatals(void) { fatal("no more %s", "paper"); }
static void check_fails(void) { CHECK(1 + 1 == 3); }
static void hook(int is_throw) { os_print("hook %d\n", is_throw); }
static void throws_hooked(void) {
  os_traceback_hook = hook;
  throw("x");
}
static void throw_again(int is_throw) { throw("while dying %d", is_throw); }
static void throws_twice(void) {
  os_traceback_hook = throw_again;
  throw("first");
}

START_TEST(deaths) {
  assert_dies(throws, "fatal error: the rule broke: 42\n");
  assert_dies(fatals, "fatal error: no more paper\n");
  assert_dies(check_fails, "check failed: 1 + 1 == 3");
  assert_dies(throws_hooked, "hook 1");
  assert_dies(throws_twice, "fatal error: first");
}
END_TEST

/* ---- Memory ------------------------------------------------------------- */

START_TEST(reserve_commit_release) {
  size_t n = (size_t)64 << 20;
  char *p = os_reserve(n);
  ck_assert_ptr_nonnull(p);
  ck_assert_int_eq((uintptr_t)p % OS_PAGE, 0);
  ck_assert(os_commit(p + 8192, 8192, NULL));
  for (int i = 0; i < 8192; i++) ck_assert_int_eq(p[8192 + i], 0);
  memset(p + 8192, 1, 8192);
  os_release(p + 8192, 4096);
  for (int i = 0; i < 4096; i++) {
    ck_assert_int_eq(p[8192 + i], 0);
    ck_assert_int_eq(p[8192 + 4096 + i], 1);
  }
}
END_TEST

static void touch_reserved(void) {
  volatile char *p = os_reserve(1 << 20);
  p[0] = 1;
}

START_TEST(reserved_is_not_accessible) {
  char text[256];
  ck_assert_int_eq(run_child(touch_reserved, text, sizeof text),
                   256 + SIGSEGV);
}
END_TEST

START_TEST(map_and_limit) {
  char *p = os_map(100000, NULL);
  ck_assert_ptr_nonnull(p);
  for (int i = 0; i < 100000; i++) ck_assert_int_eq(p[i], 0);
  memset(p, 5, 100000);
  os_unmap(p, 100000, NULL);
  ck_assert_ptr_null(os_map((size_t)1 << 60, NULL));
  if (TERN_SANITIZED) return; /* shadow memory is far beyond any limit */
  struct rlimit r = {(rlim_t)3 << 30, RLIM_INFINITY};
  getrlimit(RLIMIT_AS, &r);
  r.rlim_cur = (rlim_t)3 << 30;
  ck_assert_int_eq(setrlimit(RLIMIT_AS, &r), 0);
  ck_assert_uint_eq(os_address_limit(), (uint64_t)3 << 30);
  ck_assert_ptr_null(os_reserve((size_t)4 << 30));
}
END_TEST

/* Bytes of private writable mappings, as the kernel counts them. */
static int64_t kernel_mapped(void) {
  char buf[8192];
  int fd = open("/proc/self/status", O_RDONLY);
  ssize_t n = read(fd, buf, sizeof buf - 1);
  ck_assert_int_gt(n, 0);
  close(fd);
  buf[n] = 0;
  return strtoll(strstr(buf, "VmData:") + 7, NULL, 10) * 1024;
}

static uint32_t may_end, ready_threads;
static void waits(void *arg) {
  __atomic_add_fetch(&ready_threads, 1, __ATOMIC_SEQ_CST);
  while (!__atomic_load_n(&may_end, __ATOMIC_SEQ_CST)) os_futex_wait(&may_end, 0, -1);
}
static void three_threads(void) {
  store_seq(&may_end, 0u);
  store_seq(&ready_threads, 0u);
  for (int i = 0; i < 3; i++) ck_assert(os_thread_create(waits, NULL));
  while (__atomic_load_n(&ready_threads, __ATOMIC_SEQ_CST) < 3) os_yield();
}

/* The ledger counts what the kernel counts. */
START_TEST(ledger) {
  three_threads(); /* what pthreads itself needs is there afterwards */
  store_seq(&may_end, 1u);
  os_futex_wake(&may_end, 3);
  for (int i = 0; i < 10; i++) three_threads();
  void *volatile room = malloc(100000); /* malloc need not ask for more from here on */
  free(room);
  int64_t kernel = kernel_mapped() - os_mapped, part = 0, mapped = os_mapped;
  char *r = os_reserve(1 << 24);
  ck_assert_int_eq(os_mapped, mapped);
  ck_assert(os_commit(r + 65536, 131072, &part));
  void *m = os_map(70000, &part);
  ck_assert_int_eq(part, 131072 + 73728);
  ck_assert_int_eq(os_mapped, mapped + part);
  ck_assert(TERN_SANITIZED || kernel_mapped() == os_mapped + kernel);
  os_unmap(m, 70000, &part);
  ck_assert_int_eq(part, 131072);
  three_threads();
  int64_t most = os_thread_memory;
  ck_assert_int_ge(most, 33 * (int64_t)os_thread_stack());
  ck_assert(TERN_SANITIZED || kernel_mapped() == os_mapped + kernel);
  while (os_thread_memory >= most) { /* until ended ones are given back */
    __atomic_store_n(&may_end, 1, __ATOMIC_SEQ_CST);
    os_futex_wake(&may_end, 1000);
    ck_assert(os_thread_create(waits, NULL));
  }
  ck_assert(TERN_SANITIZED || kernel_mapped() == os_mapped + kernel);
}
END_TEST

START_TEST(resident) {
  if (TERN_SANITIZED) return; /* shadow memory stays, and counts */
  uint64_t before = os_resident();
  ck_assert_uint_gt(before, 0);
  size_t n = 32 << 20;
  char *p = os_map(n, NULL);
  memset(p, 1, n);
  ck_assert_uint_ge(os_resident(), before + n - (1 << 20));
  os_release(p, n);
  ck_assert_uint_lt(os_resident(), before + (4 << 20));
}
END_TEST

/* ---- Threads, futexes, clocks ------------------------------------------- */

static struct {
  uint32_t word, done;
  int32_t tid;
  uintptr_t frame, signal_frame;
} shared;

static void on_usr1(int sig) {
  (void)sig;
  shared.signal_frame = (uintptr_t)__builtin_frame_address(0);
}

static void sleeper(void *arg) {
  shared.tid = os_thread_id();
  shared.frame = (uintptr_t)__builtin_frame_address(0);
  raise(SIGUSR1);
  while (load_acq(&shared.word) == 0) os_futex_wait(&shared.word, 0, -1);
  store_rel(&shared.done, *(uint32_t *)arg);
  os_futex_wake(&shared.done, 1);
}

START_TEST(thread_and_futex) {
  struct sigaction sa = {.sa_handler = on_usr1, .sa_flags = SA_ONSTACK};
  sigaction(SIGUSR1, &sa, NULL);
  uint32_t value = 77;
  ck_assert(os_thread_create(sleeper, &value));
  os_usleep(20000);
  ck_assert_uint_eq(load_acq(&shared.done), 0);
  store_rel(&shared.word, 1);
  os_futex_wake(&shared.word, 1);
  while (load_acq(&shared.done) == 0) os_futex_wait(&shared.done, 0, -1);
  ck_assert_uint_eq(shared.done, 77);
  ck_assert_int_ne(shared.tid, os_thread_id());
  /* The handler ran on the signal stack, away from the thread's own. */
  ck_assert_uint_ne(shared.signal_frame, 0);
  uintptr_t distance = shared.frame > shared.signal_frame
                           ? shared.frame - shared.signal_frame
                           : shared.signal_frame - shared.frame;
  ck_assert_uint_gt(distance, 16 * 1024);
}
END_TEST

static void deep(void *arg) {
  char buf[200 * 1024];
  memset(buf, 1, sizeof buf);
  __asm__ volatile("" : : "r"(buf) : "memory");
  store_rel((uint32_t *)arg, 1);
}

/* A thread's stack has the size it was promised. */
START_TEST(thread_stack_size) {
  uint32_t done = 0;
  ck_assert(os_thread_create(deep, &done));
  for (int i = 0; i < 2000 && !load_acq(&done); i++) os_usleep(1000);
  ck_assert_uint_eq(done, 1);
}
END_TEST

START_TEST(futex_timeout) {
  uint32_t word = 0;
  int64_t t = os_nanotime();
  os_futex_wait(&word, 0, 20 * 1000000);
  int64_t took = os_nanotime() - t;
  ck_assert_int_ge(took, 19 * 1000000);
  ck_assert_int_lt(took, 5000 * 1000000ll);
  t = os_nanotime();
  os_futex_wait(&word, 1, -1); /* another value: returns at once */
  ck_assert_int_lt(os_nanotime() - t, 1000 * 1000000ll);
}
END_TEST

START_TEST(clocks) {
  int64_t a = os_nanotime(), cpu = os_cputime();
  os_usleep(10000);
  ck_assert_int_ge(os_nanotime() - a, 10000000);
  ck_assert_int_lt(os_cputime() - cpu, 10000000);
  int64_t sec;
  int32_t nsec;
  os_walltime(&sec, &nsec);
  ck_assert_int_le(llabs(sec - (int64_t)time(NULL)), 1);
  ck_assert(nsec >= 0 && nsec < 1000000000);
  cpu = os_thread_cputime();
  while (os_thread_cputime() - cpu < 2000000) {
  }
  ck_assert_int_ge(os_ncpu(), 1);
  ck_assert(os_random() != os_random());
}
END_TEST

/* ---- Process ------------------------------------------------------------ */

START_TEST(environment) {
  char *env[] = {"ABC=1", "AB=two", "X=", NULL};
  char *argv[] = {"prog", "arg", NULL};
  os_init(2, argv, env);
  ck_assert_str_eq(os_getenv("AB"), "two");
  ck_assert_str_eq(os_getenv("ABC"), "1");
  ck_assert_str_eq(os_getenv("X"), "");
  ck_assert_ptr_null(os_getenv("A"));
  ck_assert_int_eq(os_argc, 2);
  ck_assert_str_eq(os_argv[1], "arg");
}
END_TEST

static int pipe_out;
static void *slow_reader(void *fd) {
  char b[1000];
  long sum = 0;
  ssize_t k;
  os_usleep(20000);
  while ((k = read(*(int *)fd, b, sizeof b)) > 0) sum += k;
  return (void *)sum;
}

/* More than a pipe holds, with signals in between. */
START_TEST(write_all) {
  int fd[2];
  ck_assert_int_eq(pipe(fd), 0);
  pipe_out = fd[0];
  pthread_t t;
  pthread_create(&t, NULL, slow_reader, &pipe_out);
  size_t n = 1 << 20;
  char *p = calloc(1, n);
  os_write(fd[1], p, n);
  close(fd[1]);
  void *sum;
  pthread_join(t, &sum);
  ck_assert_int_eq((long)sum, (long)n);
}
END_TEST

/* ---- Signals ------------------------------------------------------------ */

static struct os_fault seen;
static void after_fault(void) {
  /* Runs as ordinary code, called by the faulting instruction. */
  os_print("fault at %p sig %d aligned %d\n", (void *)seen.addr, seen.sig,
           (int)(((uintptr_t)__builtin_frame_address(0)) % 16));
  os_exit(2);
}
static uintptr_t on_fault(const struct os_fault *f) {
  seen = *f;
  return (uintptr_t)after_fault;
}
static uintptr_t no_target(const struct os_fault *f) {
  (void)f;
  return 0;
}
static void on_quit(const struct os_fault *f) {
  os_print("quit pc %d\n", f->pc != 0);
}
static void install(uintptr_t (*fault)(const struct os_fault *)) {
  struct os_signal_hooks h = {fault, on_quit};
  os_thread_init();
  os_signals_init(&h);
}
static void nil_store(void) {
  install(on_fault);
  *(volatile int *)24 = 1;
}
__attribute__((no_sanitize_undefined)) /* which would say so instead of the fault */
static void int_divide(void) {
  install(on_fault);
  volatile int zero = 0;
  os_exit(100 / zero);
}
static void unwanted_fault(void) {
  install(no_target);
  *(volatile int *)24 = 1;
}
static void quit_signal(void) {
  install(on_fault);
  raise(SIGQUIT);
  os_exit(2);
}

START_TEST(signals) {
  assert_dies(nil_store, "fault at 0x18 sig 11 aligned 0");
  assert_dies(int_divide, "sig 8");
  assert_dies(quit_signal, "quit pc 1");
  char text[256];
  ck_assert_int_eq(run_child(unwanted_fault, text, sizeof text),
                   256 + SIGSEGV);
}
END_TEST

/* ---- Stack switching ---------------------------------------------------- */

static struct {
  char a, b; /* stand for goroutines */
  uintptr_t main_sp, fresh_sp;
  uintptr_t seen_sp;
  struct g *seen_g;
  int steps;
} sw;

static void on_other(void *arg) {
  sw.seen_sp = tern_sp;
  sw.seen_g = tern_g;
  sw.steps += *(int *)arg;
}

/* The function runs on the given stack as the given goroutine; afterwards all
 * is as before, callee-saved registers too. */
START_TEST(call_on) {
  char *stack = os_map(65536, NULL);
  uintptr_t top = (uintptr_t)stack + 65536 - 64, save = 0;
  int seven = 7;
  tern_g = (struct g *)&sw.a;
  register long keep __asm__("r12") = 0x1234;
  __asm__ volatile("" : "+r"(keep));
  os_call_on(on_other, &seven, top, &save, &sw.b, &sw.a);
  __asm__ volatile("" : "+r"(keep));
  ck_assert_int_eq(keep, 0x1234);
  ck_assert_int_eq(sw.steps, 7);
  ck_assert_ptr_eq(tern_g, (struct g *)&sw.a);
  ck_assert_ptr_eq(sw.seen_g, &sw.b);
  ck_assert(sw.seen_sp < top && sw.seen_sp > top - 1024);
  ck_assert_uint_ne(save, 0);
  os_call_segment(on_other, &seven, top, &save);
  ck_assert_ptr_eq(sw.seen_g, &sw.a);
  ck_assert_int_eq(sw.steps, 14);
}
END_TEST

/* The saved frame holds the caller's frame pointer and return address. */
static void look_at_saved(void *arg) {
  uintptr_t *saved = *(uintptr_t **)arg;
  sw.seen_sp = saved[OS_SAVED_FP_OFFSET / 8];
}

START_TEST(saved_frame) {
  char *stack = os_map(65536, NULL);
  uintptr_t top = (uintptr_t)stack + 65536 - 64, save = 0;
  tern_g = (struct g *)&sw.a;
  os_call_on(look_at_saved, &save, top, &save, &sw.b, &sw.a);
  ck_assert_uint_eq(sw.seen_sp, (uintptr_t)__builtin_frame_address(0));
}
END_TEST

static void back_to_main(void *arg) {
  (void)arg;
  sw.steps++;
  os_resume(sw.main_sp, &sw.a);
}
static void fresh_main(void *arg) {
  ck_assert_ptr_eq(arg, &sw);
  ck_assert_ptr_eq(tern_g, (struct g *)&sw.b);
  ck_assert_uint_eq((uintptr_t)__builtin_frame_address(0) % 16, 0);
  char *third = os_map(65536, NULL);
  for (;;) {
    sw.steps += 100;
    /* Leave this stack; a helper on a third one resumes main. */
    os_leave(back_to_main, NULL, (uintptr_t)third + 65536 - 64, &sw.fresh_sp,
             &sw.a);
  }
}
static void start_fresh(void *arg) {
  (void)arg;
  os_resume(sw.fresh_sp, &sw.b);
}

/* Two stacks take turns. */
START_TEST(coroutine) {
  char *stack = os_map(65536, NULL), *sys = os_map(65536, NULL);
  tern_g = (struct g *)&sw.a;
  sw.fresh_sp =
      os_fresh_stack((uintptr_t)stack + 65536 - 64, fresh_main, &sw);
  for (int i = 1; i <= 1000; i++) {
    os_leave(start_fresh, NULL, (uintptr_t)sys + 65536 - 64, &sw.main_sp,
             &sw.a);
    ck_assert_int_eq(sw.steps, 101 * i);
    ck_assert_ptr_eq(tern_g, (struct g *)&sw.a);
  }
}
END_TEST

int main(void) {
  const runtime_test tests[] = {
      TEST(format), TEST(format_bounds), TEST(deaths),
      TEST(reserve_commit_release), TEST(reserved_is_not_accessible),
      TEST(map_and_limit), TEST(ledger), TEST(resident), TEST(thread_and_futex),
      TEST(thread_stack_size), TEST(futex_timeout), TEST(clocks),
      TEST(environment), TEST(write_all), TEST(signals), TEST(call_on),
      TEST(saved_frame), TEST(coroutine)};
  return RUN_TESTS("os", tests);
}
