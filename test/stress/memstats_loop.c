/* memstats_loop.c - T-memstats-loop: statistics in a loop while others allocate.
 *
 * golang/go#40459: a loop of ReadMemStats took worldsema again and again, the
 * collector never got it and the heap passed its goal without bound.  (E13 alone
 * survives here: the allocators wait with the collector, which runs less often.)
 * Each answer is checked as well: sums, and that totals never go back.
 */
#include "stress.h"

static uint32_t enough, done_sema;
static int64_t worst_overshoot; /* percent of the goal */

static const uint64_t mask[1] = {1};
static tern_type t_cell = {.size = 64, .ptrdata = 8, .ptrmask = mask,
                           .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("cell")};
struct cell { struct cell *next; char rest[56]; };
static struct cell *live TERN_GLOBAL;

static void allocator(void *arg) {
  (void)arg;
  while (!load_acq(&enough)) {
    for (int i = 0; i < 1000; i++) tern_new(&t_cell);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void watch(const struct gc_cycle *c) {
  int64_t over = (c->heap_end - c->heap_goal) * 100 / c->heap_goal;
  if (over > worst_overshoot) worst_overshoot = over;
}

static void body(void) {
  gc_trace_hook = watch;
  for (int i = 0; i < 100000; i++) {
    struct cell *c = tern_new(&t_cell);
    tern_store_ptr(&c->next, live);
    tern_store_ptr(&live, c);
  }
  for (int i = 0; i < 4; i++) spawn(allocator, NULL);
  static struct mem_stats m, old;
  do {
    read_memstats(&m);
    CHECK(m.heap_sys == m.heap_inuse + m.heap_idle);
    CHECK(m.heap_alloc <= m.heap_inuse && m.heap_released <= m.heap_idle);
    CHECK(m.mallocs - m.frees == m.heap_objects);
    CHECK(m.total_alloc >= old.total_alloc && m.mallocs >= old.mallocs);
    CHECK(m.frees >= old.frees && m.num_gc >= old.num_gc); /* T-stats-mono */
    old = m;
  } while (stress_round());
  store_rel(&enough, 1);
  for (int i = 0; i < 4; i++) semacquire(&done_sema);
  os_print("memstats_loop: worst overshoot %ld%% of the goal\n",
           (long)worst_overshoot);
  CHECK(worst_overshoot < 100);
}

int main(int argc, char **argv) {
  /* More Ps than processors make handshakes last as long as a thread is off the
   * processor; what is allocated meanwhile is a matter of its own. */
  char procs[16];
  snprintf(procs, sizeof procs, "%d", os_ncpu() < 4 ? os_ncpu() : 4);
  setenv("GOMAXPROCS", procs, 0);
  return stress_main(argc, argv, "memstats_loop", 20000, body);
}
