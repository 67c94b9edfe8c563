/* scan_storm.c - T-scan-mutual, T-scan-lock, T-memstats-lat: everybody who claims
 * stacks or waits off his goroutine is everybody else's target, while marking never
 * ends for long and work buffers hold four pointers.
 *
 * golang/go#28695, #18925: assists, workers, stoppers and handshakers waited for each
 * other to come to rest. #19112: a scanner that put a full buffer away wanted the
 * scheduler's lock, whose holder waited for the scanner's target; here timers make
 * goroutines runnable in batches. #19812: statistics waited for the end of marking:
 * of those asked for while it goes on some must be answered while it goes on. Kills E2,
 * E10, E14, E15; a hang ends the test after half a minute.
 */
#include "stress.h"

#include "gc/gcp.h"

enum { ALLOCATORS = 3, SLEEPERS = 24, CLAIMERS = 2 };
static uint32_t enough, done_sema;
static int64_t claims, stops, handshakes, asked, answered, naps;

static const uint64_t mask[1] = {1};
static tern_type t_cell = {.size = 64, .ptrdata = 8, .ptrmask = mask,
                           .kind = TERN_STRUCT, .align = 8,
                           .name = TERN_STR_INIT("cell")};
struct cell { struct cell *next; char rest[56]; };
static struct cell *lists[ALLOCATORS] TERN_GLOBAL;

/* In debt all the time: assists. */
static void allocator(void *arg) {
  int64_t me = (int64_t)(uintptr_t)arg;
  uint64_t rng = stress_seed + (uint64_t)me;
  while (!load_acq(&enough)) {
    struct cell *mine = NULL;
    for (uint32_t i = stress_rand(&rng, 3000); i > 0; i--) {
      struct cell *c = tern_new(&t_cell);
      tern_store_ptr(&c->next, mine);
      mine = c;
      if (i % 64 == 0) tern_poll();
    }
    tern_store_ptr(&lists[me], mine);
    if (stress_rand(&rng, 8) == 0) getg()->assist_bytes -= 1 << 16;
  }
  semrelease(&done_sema, false);
}

/* Many timers that are due together. */
static void sleeper(void *arg) {
  (void)arg;
  while (!load_acq(&enough)) {
    goroutine_sleep(50000 - os_nanotime() % 50000);
    add_rlx(&naps, 1);
  }
  semrelease(&done_sema, false);
}

static void claim(void *arg) {
  struct suspend_state st = suspendG(arg);
  if (!st.dead) resumeG(st);
}

static void claimer(void *arg) {
  uint64_t rng = stress_seed + 77 + (uint64_t)(uintptr_t)arg;
  while (!load_acq(&enough)) {
    struct allgs gs = allgs_snapshot();
    struct g *gp = gs.ptr[stress_rand(&rng, (uint32_t)gs.len)];
    if (gp == getg()) continue;
    if (stress_rand(&rng, 2)) {
      with_stack_released(WAIT_FOR_GC, claim, gp);
    } else {
      struct suspend_state st = suspend_from_goroutine(gp);
      if (!st.dead) resume_from_goroutine(st);
    }
    add_rlx(&claims, 1);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void nothing(struct p *pp) { (void)pp; }

static void handshaker(void *arg) {
  (void)arg;
  while (!load_acq(&enough)) {
    semacquire(&worldsema);
    forEachP(nothing);
    semrelease(&worldsema, true);
    add_rlx(&handshakes, 1);
    gosched();
  }
  semrelease(&done_sema, false);
}

static void stopper(void *arg) {
  (void)arg;
  static struct mem_stats m;
  while (!load_acq(&enough)) {
    uint32_t cycle = load_rlx(&gc_totals.cycles);
    bool marking = load_seq(&gc_phase) == GC_MARK;
    read_memstats(&m);
    add_rlx(&asked, marking);
    add_rlx(&answered, marking && load_seq(&gc_phase) == GC_MARK &&
                           load_rlx(&gc_totals.cycles) == cycle);
    add_rlx(&stops, 1);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void body(void) {
  for (int64_t i = 0; i < ALLOCATORS; i++) spawn(allocator, (void *)(uintptr_t)i);
  for (int i = 0; i < SLEEPERS; i++) spawn(sleeper, NULL);
  for (int64_t i = 0; i < CLAIMERS; i++) spawn(claimer, (void *)(uintptr_t)i);
  spawn(handshaker, NULL);
  spawn(stopper, NULL);
  do gc_run();
  while (stress_round());
  store_rel(&enough, 1);
  for (int i = 0; i < ALLOCATORS + SLEEPERS + CLAIMERS + 2; i++) semacquire(&done_sema);
  os_print("scan_storm: %ld claims, %ld stops, %ld handshakes, %ld naps; %ld of %ld "
           "answers while marking went on\n", (long)claims, (long)stops,
           (long)handshakes, (long)naps, (long)answered, (long)asked);
  CHECK(claims > 0 && stops > 0 && handshakes > 0 && naps > 0);
  CHECK(asked < 20 || answered > 0);
}

int main(int argc, char **argv) {
  setenv("GODEBUG", "gctinybuffers=1", 0);
  return stress_main(argc, argv, "scan_storm", 300, body);
}
