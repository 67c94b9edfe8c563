/* scavenge.c - gives free pages back to the OS, slowly, in the background.
 *
 * After a cycle the heap keeps what the next one is expected to need (its goal
 * and a tenth); free pages beyond that are released piece by piece, with pauses
 * that hold the work at about one hundredth of a processor (Go's
 * mgcscavenge.go has the same aims).
 */
#include "gc/gcp.h"
#include "heap/stats.h"
#include "os/os.h"
#include "sched/proc.h"
#include "sched/sched.h"

#define STEP ((uintptr_t)1 << 20)

static struct {
  mutex lock;
  struct g *parked; /* guarded by lock */
} scavenger = {.lock = MUTEX_INIT(SCAVENGER)};

static bool park(struct g *gp, void *arg) {
  (void)arg;
  scavenger.parked = gp;
  unlock(&scavenger.lock);
  return true;
}

void scavenger_wake(void) {
  lock(&scavenger.lock);
  struct g *gp = scavenger.parked;
  scavenger.parked = 0;
  unlock(&scavenger.lock);
  if (gp) goready_tail(gp);
}

/* Free backed bytes that the next cycle will not need. */
static int64_t excess(void) {
  int64_t goal = pacer_goal();
  if (goal == INT64_MAX) return 0;
  int64_t keep = goal + goal / 10 - load_rlx(&gc_heap_live);
  int64_t have = (int64_t)pages_retained();
  if (keep < (int64_t)(2 * STEP)) keep = 2 * STEP;
  return have - keep;
}

static void release_on_g0(void *bytes) { pages_scavenge(*(uintptr_t *)bytes); }

static void bgscavenge(void *arg) {
  (void)arg;
  for (;;) {
    while (excess() > (int64_t)STEP) {
      int64_t began = os_nanotime();
      uintptr_t step = STEP;
      systemstack(release_on_g0, &step);
      int64_t pause = 100 * (os_nanotime() - began);
      goroutine_sleep(pause < 1000000 ? 1000000 : pause);
    }
    lock(&scavenger.lock);
    gopark(park, 0, WAIT_GC_SCAVENGE);
  }
}

void scavenger_start(void) {
  newproc_system(bgscavenge, 0, 16384, WAIT_GC_SCAVENGE);
}

void gc_free_os_memory(void) {
  gc_run();
  uintptr_t all = UINTPTR_MAX / 2;
  systemstack(release_on_g0, &all);
}
