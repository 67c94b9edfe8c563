/* trace_storm.c - T-trace: traces begin and end all the time while goroutines run,
 * block, call and die, cycles follow each other, and the number of Ps changes.
 *
 * Each trace is read whole and played through trace/check.c: nobody runs twice, every
 * begin has its end, no collection ends that did not begin (A6).  Kills: gcsema not
 * taken first (a cycle open at either end); an event after its state change.
 */
#include "stress.h"

#include "debug/tracer.h"
#include "trace/parse.h"

enum { WORKERS = 6 };
static uint32_t enough, done_sema, turnstile, read_sema;
static int64_t events, cycles_seen, largest;

static const uint64_t mask[1] = {1};
static tern_type t_cell = {.size = 64, .ptrdata = 8, .ptrmask = mask,
                           .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("cell")};

static void brief(void *arg) { semrelease(&turnstile, (uintptr_t)arg & 1); }

/* Its thread ends with it. */
static void bound(void *arg) {
  runtime_lock_thread();
  brief(arg);
}

static void worker(void *arg) {
  uint64_t rng = stress_seed + (uint64_t)(uintptr_t)arg;
  while (!load_acq(&enough)) {
    switch (stress_rand(&rng, 8)) {
      case 0: gosched(); break;
      case 1:
      case 2:
        entersyscall();
        if (stress_rand(&rng, 8) == 0) os_usleep(stress_rand(&rng, 60));
        exitsyscall();
        break;
      case 3:
        spawn(stress_rand(&rng, 8) ? brief : bound, (void *)(uintptr_t)stress_rand(&rng, 2));
        semacquire(&turnstile);
        break;
      case 4: goroutine_sleep(stress_rand(&rng, 20000)); break;
      default:
        for (int i = 0; i < 300; i++) tern_new(&t_cell);
    }
    tern_poll();
  }
  semrelease(&done_sema, false);
}

/* The whole of a trace as the reader saw it. */
static struct {
  uint8_t *p; /* from malloc */
  size_t n, cap;
} file;

static void reader(void *arg) {
  (void)arg;
  for (;;) {
    tern_slice s = tracer_read();
    if (!s.ptr) break;
    if (file.n + (size_t)s.len > file.cap) {
      file.cap = 2 * (file.n + (size_t)s.len);
      file.p = realloc(file.p, file.cap);
    }
    memcpy(file.p + file.n, s.ptr, (size_t)s.len);
    file.n += (size_t)s.len;
  }
  semrelease(&read_sema, false);
}

static void check_file(void *arg) {
  (void)arg;
  struct trace_file f;
  if (!trace_parse(file.p, file.n, &f) || !trace_check(&f)) {
    FILE *out = fopen("build/trace_storm.trace", "w");
    if (out) {
      fwrite(file.p, 1, file.n, out);
      fclose(out);
    }
    throw("trace of %ld events (in build/trace_storm.trace): %s", (long)f.n, f.error);
  }
  for (size_t i = 0; i < f.n; i++) cycles_seen += f.items[i].event == TRACE_GC_END;
  events += (int64_t)f.n;
  if ((int64_t)file.n > largest) largest = (int64_t)file.n;
  trace_file_free(&f);
}

static void body(void) {
  uint64_t rng = stress_seed;
  for (int64_t i = 0; i < WORKERS; i++) spawn(worker, (void *)(uintptr_t)i);
  int32_t procs = gomaxprocs;
  do {
    file.n = 0;
    CHECK(tracer_start());
    CHECK(!tracer_start());
    spawn(reader, NULL);
    switch (stress_rand(&rng, 4)) {
      case 0: break;
      case 1: goroutine_sleep(stress_rand(&rng, 3000000)); break;
      case 2: gc_run(); break;
      default: set_gomaxprocs(1 + (int32_t)stress_rand(&rng, (uint32_t)procs));
    }
    CHECK(tracer_stop());
    semacquire(&read_sema);
    CHECK(!tracer_stop());
    systemstack(check_file, NULL);
  } while (stress_round());
  store_rel(&enough, 1);
  for (int i = 0; i < WORKERS; i++) semacquire(&done_sema);
  os_print("trace_storm: %ld events, %ld cycles, the largest trace %ld bytes\n",
           (long)events, (long)cycles_seen, (long)largest);
  CHECK(cycles_seen > 0);
}

int main(int argc, char **argv) {
  setenv("GOGC", "50", 0);
  return stress_main(argc, argv, "trace_storm", 300, body);
}
