/* debug_ops_test.c - the operations that stop the world or one goroutine, each in the
 * middle of a mark phase (SEM-4): dumps, profiles, statistics, knobs, inspection.
 *
 * The mark phase is held open by holding markDoneSema: nobody can end it.
 */
#include <fcntl.h>
#include <stdlib.h>

#include "debug/heapdump.h"
#include "debug/profile.h"
#include "debug/stops.h"
#include "debug/traceback.h"
#include "debug/walk.h"
#include "gc_frame.h"

/* Runs op while marking; it must neither wait for the end of the cycle nor end it. */
static void while_marking(void (*op)(void)) {
  semacquire(&markDoneSema);
  getg()->assist_bytes = (int64_t)1 << 40; /* no assist: it might want the same */
  spawn(run_gc, NULL);
  AWAIT(load_seq(&gc_phase) == GC_MARK);
  for (int i = 0; i < 20; i++) {
    op();
    CHECK(load_seq(&gc_phase) == GC_MARK);
  }
  getg()->assist_bytes = 0;
  semrelease(&markDoneSema, false);
  semacquire(&done_sema);
}

static char text[65536];
static int32_t parked_count;
static struct g *spinning_g;
static bool stop_spinning;
static int64_t turns;
static uint32_t spin_done;

static bool one_parked_forever(struct g *gp, void *arg) {
  (void)gp;
  (void)arg;
  add_seq(&parked_count, 1);
  return true;
}
static void sleeper(void *arg) {
  (void)arg;
  gopark(one_parked_forever, NULL, WAIT_SELECT);
}
static void spinner(void *arg) {
  (void)arg;
  store_rel(&spinning_g, getg());
  while (!load_acq(&stop_spinning)) {
    tern_poll();
    add_rlx(&turns, 1);
  }
  semrelease(&spin_done, false);
}
static void some_goroutines(void) {
  for (int i = 0; i < 5; i++) spawn(sleeper, NULL);
  spawn(spinner, NULL);
  AWAIT(load_acq(&parked_count) == 5 && load_acq(&spinning_g));
}

/* ---- Each of them ---------------------------------------------------------------- */

static int count(const char *in, const char *what) {
  int n = 0;
  while ((in = strstr(in, what)) != NULL) n++, in++;
  return n;
}

static void stack_all(void) {
  int64_t n = debug_stack(text, sizeof text - 1, true);
  text[n] = 0;
  CHECK(strncmp(text, "goroutine 1 [running]:\n", 23) == 0);
  CHECK(count(text, " [select]:\n") == 5);
  CHECK(count(text, "goroutine ") >= 8);
}
START_RUNTIME_TEST_ENV(stack_while_marking, "GOMAXPROCS=2") {
  some_goroutines();
  while_marking(stack_all);
}

static void profile(void) {
  static struct stack_record r[64];
  int64_t n = debug_goroutine_profile(r, 3); /* too few: none is written */
  CHECK(n == gcount() && r[0].stack0[0] == 0);
  CHECK(debug_goroutine_profile(r, 64) == n);
  memset(r, 0, sizeof r);
}
START_RUNTIME_TEST_ENV(profile_while_marking, "GOMAXPROCS=2") {
  some_goroutines();
  CHECK(gcount() == 7);
  while_marking(profile);
}

static void knobs(void) {
  int32_t old = gc_set_percent(50);
  CHECK(gc_set_percent(old) == 50);
  int64_t limit = gc_set_memory_limit(1 << 30);
  CHECK(gc_set_memory_limit(limit) == 1 << 30);
}
START_RUNTIME_TEST_ENV(knobs_while_marking, "GOMAXPROCS=2") {
  while_marking(knobs);
}

/* Switching the collector off waits for the cycle that is under way. */
static void off(void *arg) {
  (void)arg;
  gc_set_percent(-1);
  CHECK(load_seq(&gc_phase) == GC_OFF);
  semrelease(&done_sema, false);
}
START_RUNTIME_TEST_ENV(off_waits_for_the_cycle, "GOMAXPROCS=2") {
  semacquire(&markDoneSema);
  getg()->assist_bytes = (int64_t)1 << 40; /* no assist: it might want the same */
  spawn(run_gc, NULL);
  AWAIT(load_seq(&gc_phase) == GC_MARK);
  spawn(off, NULL);
  goroutine_sleep(20 * 1000 * 1000);
  CHECK(load_seq(&done_sema) == 0);
  getg()->assist_bytes = 0;
  semrelease(&markDoneSema, false);
  semacquire(&done_sema);
  semacquire(&done_sema);
}

static void statistics(void) {
  struct mem_stats m;
  read_memstats(&m);
  CHECK(m.heap_inuse + m.heap_idle == m.heap_sys);
}
START_RUNTIME_TEST_ENV(statistics_while_marking, "GOMAXPROCS=2") {
  while_marking(statistics);
}

static int64_t spun;
/* Every stop says why it was, who came last, and at which line of the source. */
__attribute__((noinline)) void spin_here(void) __asm__("main.spinHere");
#line 700 "/src/spin.go"
void spin_here(void) {
  while (add_rlx(&spun, 1) >= 0 && !load_acq(&stop_spinning)) {
    tern_poll();
  }
}
#line 146 "debug_ops_test.c"
static void spins_here(void *arg) {
  (void)arg;
  store_rel(&spinning_g, getg());
  spin_here();
}
static char described[300];
static void describe_last(void *arg) {
  stop_describe(arg, described, sizeof described);
}
START_RUNTIME_TEST_ENV(stops_are_recorded, "GOMAXPROCS=2") {
  spawn(spins_here, NULL);
  AWAIT(load_acq(&spinning_g));
  char want[64];
  os_format(want, sizeof want, ", goroutine %ld at main.spinHere spin.go:702",
            (long)spinning_g->goid);
  int named = 0;
  for (int i = 0; i < 200 && named < 3; i++) {
    int64_t n = load_acq(&spun); /* its thread may sleep since the last stop */
    AWAIT(load_acq(&spun) > n);
    struct mem_stats m;
    read_memstats(&m);
    semacquire(&worldsema);
    const struct stw_record *r = &stw_ring[(stw_count - 1) % STW_RING];
    systemstack(describe_last, (void *)r);
    CHECK(r->why == STW_READMEMSTATS && r->total_ns >= r->stopped_ns);
    CHECK(strncmp(described, "ReadMemStats: ", 14) == 0);
    named += strstr(described, want) != NULL;
    semrelease(&worldsema, true);
  }
  CHECK(named == 3);
}

/* ---- One goroutine ------------------------------------------------------------------ */

static int64_t moved;
static void look_at_spinner(struct walk *w, void *arg) {
  CHECK(w->gp == arg && readgstatus(w->gp) != _Grunning);
  int64_t n = load_acq(&turns);
  for (int i = 0; i < 20; i++) os_yield();
  moved += load_acq(&turns) - n;
  int frames = 0;
  do frames++;
  while (walk_next(w));
  CHECK(frames >= 2);
}
static void inspect_spinner(void) {
  CHECK(debug_inspect(spinning_g->goid, look_at_spinner, spinning_g));
  int64_t n = load_acq(&turns);
  AWAIT(load_acq(&turns) > n); /* it goes on */
}
static void look_at_me(struct walk *w, void *arg) { CHECK(w->gp == arg); }

START_RUNTIME_TEST_ENV(inspect_one, "GOMAXPROCS=2") {
  some_goroutines();
  for (int i = 0; i < 50; i++) inspect_spinner();
  while_marking(inspect_spinner);
  CHECK(moved == 0); /* it stood still while it was looked at */
  CHECK(debug_inspect(getg()->goid, look_at_me, getg()));
  int64_t id = spinning_g->goid;
  store_rel(&stop_spinning, true);
  semacquire(&spin_done);
  AWAIT(!debug_inspect(id, look_at_spinner, spinning_g)); /* dead */
  CHECK(!debug_inspect(1 << 30, look_at_spinner, NULL));
}

static void stacks_running(void) {
  int64_t n = debug_stacks_running(text, sizeof text - 1);
  text[n] = 0;
  CHECK(strncmp(text, "goroutine 1 [running]:\n", 23) == 0);
  CHECK(count(text, " [select]:\n") == 5);
}
START_RUNTIME_TEST_ENV(stacks_without_stop, "GOMAXPROCS=2") {
  some_goroutines();
  semacquire(&worldsema); /* it would wait for this for ever if it stopped the world */
  for (int i = 0; i < 20; i++) stacks_running();
  semrelease(&worldsema, false);
  while_marking(stacks_running);
}

/* ---- The heap dump --------------------------------------------------------------------- */

static uint8_t *dump_data;
static const uint8_t *at, *dump_end;
static uint64_t number(void) {
  uint64_t v = 0;
  for (int shift = 0;; shift += 7) {
    CHECK(at < dump_end);
    v |= (uint64_t)(*at & 0x7f) << shift;
    if (!(*at++ & 0x80)) return v;
  }
}
static const uint8_t *string(uint64_t *n) {
  *n = number();
  CHECK(*n <= (uint64_t)(dump_end - at));
  at += *n;
  return at - *n;
}
static void numbers(int n) {
  while (n-- > 0) number();
}
static int fields(uint64_t *offset, int max) {
  int n = 0;
  for (;;) {
    uint64_t kind = number();
    if (kind == 0) return n;
    CHECK(kind == 1);
    uint64_t v = number();
    if (n < max) offset[n] = v;
    n++;
  }
}

/* What was found in the dump. */
static struct { int64_t nodes, goroutines, frames, roots, objects; } found;

static void record_object(void) {
  uint64_t n, f[64];
  uint64_t address = number();
  const uint8_t *p = string(&n);
  int nf = fields(f, 64);
  struct node node;
  found.objects++;
  if (n != sizeof node) return;
  memcpy(&node, p, sizeof node);
  if (node.id < 1000 || node.id >= 2000 || !intact(&node, node.id)) return;
  CHECK(nf == 2 && f[0] == 0 && f[1] == 8 && address % 8 == 0);
  found.nodes++;
}

static void read_dump(void) {
  uint64_t n;
  CHECK(memcmp(at, "go1.7 heap dump\n", 16) == 0);
  at += 16;
  memset(&found, 0, sizeof found);
  for (;;) switch (number()) {
      case 0: CHECK(at == dump_end); return;
      case 1: record_object(); break;
      case 4:
        found.goroutines++;
        numbers(8);
        string(&n);
        numbers(4);
        break;
      case 5:
        found.frames++;
        numbers(3);
        string(&n);
        numbers(3);
        string(&n);
        fields(NULL, 0);
        break;
      case 6:
        numbers(4);
        string(&n);
        CHECK(n == 5);
        string(&n);
        number();
        break;
      case 10: numbers(24 + 256 + 1); break;
      case 12:
        number();
        string(&n);
        found.roots += fields(NULL, 0);
        break;
      default: throw("heap dump: unknown record before byte %ld",
                     (long)(at - dump_data));
    }
}

static void dump(void) {
  char name[] = "/tmp/tern-heapdump-XXXXXX";
  int fd = mkstemp(name);
  CHECK(fd >= 0);
  unlink(name);
  debug_heap_dump(fd);
  off_t n = lseek(fd, 0, SEEK_END);
  dump_data = os_map((size_t)n, &sys_stats.other);
  CHECK(pread(fd, dump_data, (size_t)n, 0) == n);
  close(fd);
  at = dump_data;
  dump_end = at + n;
  systemstack((void (*)(void *))read_dump, NULL);
  os_unmap(dump_data, (size_t)n, &sys_stats.other);
  /* ASan's wide frames keep old words, which are roots. */
  CHECK(TERN_ASAN ? found.nodes >= 500 : found.nodes == 500);
  CHECK(found.roots > 0 && found.goroutines >= 7);
  CHECK(found.frames > found.goroutines);
}

static __attribute__((noinline)) void live_nodes(void) {
  for (uint64_t i = 0; i < 1000; i++) {
    struct node *x = new_node(1000 + i); /* every second one is garbage */
    if (i % 2) continue;
    tern_store_ptr(&x->l, root);
    tern_store_ptr(&root, x);
  }
}
START_RUNTIME_TEST_ENV(heap_dump, "GOMAXPROCS=2") {
  some_goroutines();
  live_nodes();
  collect();
  collect();
  dump();
  while_marking(dump);
}

int main(void) {
  const runtime_test tests[] = {
      TEST(stack_while_marking), TEST(profile_while_marking),
      TEST(knobs_while_marking), TEST(off_waits_for_the_cycle),
      TEST(statistics_while_marking), TEST(stops_are_recorded), TEST(inspect_one),
      TEST(stacks_without_stop), TEST(heap_dump)};
  return RUN_TESTS("debug_ops", tests);
}
