/* tracer_test.c - debug/tracer.c: what a trace holds of one goroutine's life, and that
 * its start sees a thread without a P that is about to change a state.
 */
#include <stdlib.h>

#include "debug/tracer.h"
#include "sched_tasks.h"
#include "script.h"
#include "trace/parse.h"

/* Reads the whole trace and plays it. */
static struct trace_file f;
static uint8_t file[1 << 20];
static size_t file_len;

static void check_on_g0(void *arg) {
  (void)arg;
  if (!trace_parse(file, file_len, &f) || !trace_check(&f))
    throw("trace of %ld events: %s", (long)f.n, f.error);
}
static void finish_trace(void) {
  CHECK(tracer_stop());
  tern_slice s;
  while ((s = tracer_read()).ptr) {
    CHECK(file_len + (size_t)s.len <= sizeof file);
    memcpy(file + file_len, s.ptr, (size_t)s.len);
    file_len += (size_t)s.len;
  }
  systemstack(check_on_g0, NULL);
}

/* ---- A life -------------------------------------------------------------------- */

static bool text_is(struct trace_text t, const char *want) {
  return t.len == (int)strlen(want) && memcmp(t.p, want, (size_t)t.len) == 0;
}

static int64_t liver;
static bool note_parked(struct g *gp, void *arg) {
  (void)arg;
  store_rel(&parked_g, gp);
  return true;
}
static void lives(void *arg) {
  (void)arg;
  liver = getg()->goid;
  gopark(note_parked, NULL, WAIT_SELECT);
  entersyscall();
  exitsyscall();
  gosched();
  finished();
}

START_RUNTIME_TEST_ENV(a_life, "GOMAXPROCS=2") {
  CHECK(!tracer_stop()); /* none is on */
  CHECK(tracer_start() && !tracer_start());
  spawn(lives, NULL);
  AWAIT(load_acq(&parked_g));
  goready(parked_g);
  wait_for(1);
  AWAIT(readgstatus(parked_g) == _Gdead); /* before the collector's may reuse it */
  gc_run();
  finish_trace();
  CHECK(!tracer_stop() && tracer_read().ptr == NULL);
  static const uint8_t want[] = {
      TRACE_GO_CREATE, TRACE_GO_START, TRACE_GO_BLOCK, TRACE_GO_UNBLOCK, TRACE_GO_START,
      TRACE_GO_SYSCALL, TRACE_GO_SYSCALL_END, TRACE_GO_YIELD, TRACE_GO_START, TRACE_GO_END};
  size_t at = 0;
  bool stop_named = false, gc = false;
  for (size_t i = 0; i < f.n; i++) {
    const struct trace_item *it = &f.items[i];
    if (it->event == TRACE_STOP_BEGIN)
      stop_named |= text_is(f.texts[TRACE_TABLE_STOP][it->arg[0]], "GC mark termination");
    gc |= it->event == TRACE_GC_MARK;
    if (it->event < TRACE_GO_STATUS || it->event > TRACE_GO_SYSCALL_WAIT ||
        it->arg[0] != (uint64_t)liver)
      continue;
    if (it->event == TRACE_GO_PREEMPT) continue; /* and starts again: by chance */
    CHECK(at < sizeof want);
    if (it->event == TRACE_GO_START && want[at] != TRACE_GO_START) continue;
    CHECK(it->event == want[at]);
    if (it->event == TRACE_GO_BLOCK)
      CHECK(text_is(f.texts[TRACE_TABLE_WAIT][it->arg[1]], "select"));
    if (it->event == TRACE_GO_CREATE)
      CHECK(text_is(trace_name(&f, it->arg[1]), "task_code"));
    at++;
  }
  CHECK(at == sizeof want && stop_named && gc);
}

/* ---- The start, by script ---------------------------------------------------------- */

#if TERN_DEBUG
static void in_syscall(void *arg) {
  store_rel(&target, getg());
  blocking_read(arg);
}
static void *lets_go(void *arg) {
  (void)arg;
  await_step(1);
  os_usleep(30000); /* meanwhile the trace begins */
  step(1);
  return NULL;
}
/* A thread back from a system call found tracing off, so it wrote nothing, and is
 * about to make its goroutine runnable. The list that the start writes must have it
 * runnable; so the start waits for the end of its section. */
START_RUNTIME_TEST_ENV(start_sees_late_threads, "GOMAXPROCS=1") {
  CHECK(pipe(pipe_fd) == 0);
  spawn(in_syscall, NULL);
  AWAIT(load_acq(&target) && readgstatus(target) == _Gsyscall && getp());
  at_hook(HOOK_exitsyscall_wait, target, 0, 2);
  pthread_t t;
  CHECK(pthread_create(&t, NULL, lets_go, NULL) == 0);
  CHECK(write(pipe_fd[1], "x", 1) == 1);
  await_step(1);
  CHECK(tracer_start());
  pthread_join(t, NULL);
  wait_for(1);
  finish_trace();
}
#else
START_TEST(start_sees_late_threads) {} /* the hook is in the debug build */
END_TEST
#endif

/* ---- The end ------------------------------------------------------------------------ */

/* T-trace-stop (golang/go#39004): main and the reader are bound to their threads, and
 * nobody else runs.  The stop wakes the reader, which sees the end, each time. */
static int64_t traces_read;
static void locked_reader(void *arg) {
  runtime_lock_thread();
  while (tracer_read().ptr) {
  }
  add_seq(&traces_read, 1);
  if (arg) runtime_unlock_thread();
  finished();
}
static void trace_stop(void) {
  runtime_lock_thread();
  for (int64_t i = 1; i <= 100; i++) {
    CHECK(tracer_start());
    spawn(locked_reader, (void *)(uintptr_t)(i % 2)); /* every other thread ends */
    if (i % 3) gosched();
    if (i % 5 == 0) goroutine_sleep(100000); /* the reader waits for more */
    CHECK(tracer_stop());
    wait_for(1);
    CHECK(load_acq(&traces_read) == i);
  }
}
START_RUNTIME_TEST_ENV(trace_stop_one_p, "GOMAXPROCS=1") { trace_stop(); }
START_RUNTIME_TEST_ENV(trace_stop_two_p, "GOMAXPROCS=2") { trace_stop(); }

int main(void) {
  const runtime_test tests[] = {TEST(a_life), TEST(start_sees_late_threads),
                                TEST(trace_stop_one_p), TEST(trace_stop_two_p)};
  return RUN_TESTS("tracer", tests);
}
