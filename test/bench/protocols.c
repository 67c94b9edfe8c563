/* protocols.c - how long the protocols take: suspendG, forEachP, a stop.
 *
 *     protocols GOROUTINES      GOMAXPROCS from the environment
 *
 * Beside the measuring goroutine one runs in a tight loop (with one P it only
 * waits for its turn) and the others are parked.  A row for each: median, 99th
 * percentile and worst of the samples, in microseconds.
 */
#include "stress.h"

enum { SAMPLES = 2000, WARM_UP = 100 };
static int64_t sample[SAMPLES];
static struct g *busy, *parked;
static uint32_t enough, all_parked;
static int64_t goroutines, spun;

static void tight_loop(void *arg) {
  store_rel(&busy, getg());
  while (!load_rlx(&enough)) {
    tern_poll();
    spun++;
  }
}

static bool publish(struct g *gp, void *arg) {
  store_rel(&parked, gp);
  add_seq(&all_parked, 1);
  return true;
}

static void rests(void *arg) { gopark(publish, 0, WAIT_CHAN_RECEIVE); }

static int by_value(const void *a, const void *b) {
  int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
  return (x > y) - (x < y);
}

static void row(const char *what) {
  qsort(sample, SAMPLES, sizeof *sample, by_value);
  char line[128];
  snprintf(line, sizeof line, "%-24s %3d %7ld %9.1f %9.1f %9.1f\n", what,
           gomaxprocs, (long)goroutines, (double)sample[SAMPLES / 2] / 1000,
           (double)sample[SAMPLES * 99 / 100] / 1000,
           (double)sample[SAMPLES - 1] / 1000);
  os_write(1, line, strlen(line));
}

/* ---- What is measured --------------------------------------------------- */

struct probe {
  struct g *gp;
  bool stopped;
  int64_t ns;
};

static void suspend_and_resume(void *arg) {
  struct probe *p = arg;
  int64_t began = nanotime();
  struct suspend_state st = suspendG(p->gp);
  p->ns = nanotime() - began;
  p->stopped = st.stopped;
  resumeG(st);
}

/* Waits until the target runs on another P again; it never does with one P. */
static void let_run(struct g *gp) {
  for (int64_t n = 0; gomaxprocs > 1 && readgstatus(gp) != _Grunning; n++) {
    if (n % 1000 == 999) gosched();
    procyield(10);
  }
}

static void suspends(struct g *gp, const char *what) {
  for (int i = -WARM_UP; i < SAMPLES;) {
    struct probe p = {.gp = gp};
    if (gp == busy) let_run(gp);
    with_stack_released(WAIT_FOR_GC, suspend_and_resume, &p);
    if (gp == busy && gomaxprocs > 1 && !p.stopped) continue; /* was at rest */
    if (i >= 0) sample[i] = p.ns;
    i++;
  }
  row(what);
}

static void nothing(struct p *pp) { (void)pp; }

static void handshakes(void) {
  for (int i = -WARM_UP; i < SAMPLES; i++) {
    let_run(busy);
    semacquire(&worldsema);
    int64_t began = nanotime();
    forEachP(nothing);
    if (i >= 0) sample[i] = nanotime() - began;
    semrelease(&worldsema, true);
  }
  row("forEachP round");
}

static int64_t paused[SAMPLES];

static void stops(void) {
  for (int i = -WARM_UP; i < SAMPLES; i++) {
    let_run(busy);
    stopTheWorld(STW_TEST);
    struct stw_record *r = &stw_ring[(stw_count - 1) % STW_RING];
    startTheWorld();
    if (i < 0) continue;
    sample[i] = r->stopped_ns;
    paused[i] = r->total_ns;
  }
  row("stop until all stand");
  memcpy(sample, paused, sizeof sample);
  row("stop and start");
}

static void body(void) {
  spawn(tight_loop, 0);
  for (int64_t i = 1; i < goroutines || i < 2; i++) spawn(rests, 0);
  int64_t rest = goroutines > 2 ? goroutines - 1 : 1;
  while (!load_acq(&busy) || load_acq(&all_parked) < rest) gosched();
  suspends(busy, "suspendG, tight loop");
  suspends(parked, "suspendG, blocked");
  handshakes();
  stops();
  store_rel(&enough, 1);
}

int main(int argc, char **argv) {
  goroutines = argc > 1 ? atoll(argv[1]) : 1;
  runtime_test_main(argc, argv, body);
}
