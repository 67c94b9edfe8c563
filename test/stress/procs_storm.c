/* procs_storm.c - the number of Ps changes all the time while the collector marks.
 *
 * Some goroutines keep rings of cells that they shuffle through barriers, one
 * collects without end, others read statistics and suspend their neighbours; the
 * main one sets GOMAXPROCS to a random number between 1 and 8.  gcsema orders the
 * change and the cycles (SEM-4): the number of Ps is constant while marking, no
 * cell is lost, and a P that is destroyed leaves nothing behind.
 */
#include "stress.h"

enum { RINGS = 4, CELLS = 200 };
static uint32_t enough, done_sema;
static struct g *shuffler[RINGS];
static int64_t shuffles, suspended;

struct cell { struct cell *next; uint64_t number; };
static const uint64_t mask[1] = {1};
static tern_type t_cell = {.size = sizeof(struct cell), .ptrdata = 8,
                           .ptrmask = mask, .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("cell")};
static struct cell *ring[RINGS] TERN_GLOBAL;

static void insert(int64_t i, uint64_t number) {
  struct cell *c = tern_new(&t_cell);
  c->number = number;
  tern_store_ptr(&c->next, ring[i] ? ring[i]->next : c);
  if (ring[i])
    tern_store_ptr(&ring[i]->next, c);
  else
    tern_store_ptr(&ring[i], c);
}

/* The cells carry the numbers 0 to CELLS-1, each once, in any order. */
static void check_ring(int64_t i) {
  bool seen[CELLS] = {false};
  struct cell *c = ring[i];
  for (int n = 0; n < CELLS; n++, c = c->next) {
    CHECK(c->number < CELLS && !seen[c->number]);
    seen[c->number] = true;
  }
  CHECK(c == ring[i]);
}

/* Takes a cell out, remembers its number on the stack only, puts a copy back
 * elsewhere. */
static void shuffle(void *arg) {
  int64_t i = (int64_t)(uintptr_t)arg;
  uint64_t rng = stress_seed + (uint64_t)i;
  store_rel(&shuffler[i], getg());
  for (uint64_t n = 0; n < CELLS; n++) insert(i, n);
  for (int64_t round = 0; !load_acq(&enough); round++) {
    for (uint32_t k = stress_rand(&rng, CELLS); k > 0; k--)
      tern_store_ptr(&ring[i], ring[i]->next);
    struct cell *out = ring[i]->next;
    tern_store_ptr(&ring[i]->next, out->next);
    tern_store_ptr(&ring[i], ring[i]->next);
    insert(i, out->number);
    tern_poll();
    if (round % 64 == 0) {
      check_ring(i);
      gosched();
    }
    add_rlx(&shuffles, 1);
  }
  check_ring(i);
  semrelease(&done_sema, false);
}

static void collector(void *arg) {
  while (!load_acq(&enough)) gc_run();
  semrelease(&done_sema, false);
}

static void neighbour(void *arg) {
  uint64_t rng = stress_seed * 5;
  static struct mem_stats m;
  while (!load_acq(&enough)) {
    struct g *gp = load_acq(&shuffler[stress_rand(&rng, RINGS)]);
    if (gp) {
      struct suspend_state st = suspend_from_goroutine(gp);
      add_rlx(&suspended, !st.dead);
      resume_from_goroutine(st);
    }
    read_memstats(&m);
    CHECK(m.heap_sys == m.heap_inuse + m.heap_idle);
    gosched();
  }
  semrelease(&done_sema, false);
}

static void body(void) {
  for (int64_t i = 0; i < RINGS; i++) spawn(shuffle, (void *)(uintptr_t)i);
  spawn(collector, 0);
  spawn(neighbour, 0);
  uint64_t rng = stress_seed * 7;
  do {
    int32_t n = 1 + (int32_t)stress_rand(&rng, 8);
    set_gomaxprocs(n);
    CHECK(getp()->id < load_acq(&gomaxprocs));
    tern_poll();
  } while (stress_round());
  store_rel(&enough, 1);
  for (int i = 0; i < RINGS + 2; i++) semacquire(&done_sema);
  os_print("procs_storm: %ld shuffles, %ld suspensions, %d Ps at the end\n",
           (long)shuffles, (long)suspended, gomaxprocs);
  CHECK(sched.suspend_nudges <= 2 + stress_done / 10000);
}

int main(int argc, char **argv) {
  return stress_main(argc, argv, "procs_storm", 1000, body);
}
