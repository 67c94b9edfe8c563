/* start_herd.c - T-start-herd: thousands of goroutines cross the heap trigger
 * together.
 *
 * golang/go#72932: each queued on the start semaphore and then waited its turn
 * although the cycle had long begun.  One round: 2000 goroutines wait at a gate,
 * then each allocates; in every round one cycle more must have begun at most for
 * each trigger passed, and 95 % of the allocations are quick (the rest
 * is printed; a loaded machine has its own delays).
 */
#include "stress.h"

enum { HERD = 2000, BYTES = 8192 };
static uint32_t gate, done_sema;
static int64_t slow, worst;

static void one(void *arg) {
  (void)arg;
  semacquire(&gate);
  int64_t t = os_nanotime();
  char *p = mallocgc(BYTES, NULL, true);
  p[0] = 1;
  int64_t took = os_nanotime() - t;
  if (took > 50000000) add_rlx(&slow, 1);
  if (took > load_rlx(&worst)) store_rlx(&worst, took);
  semrelease(&done_sema, false);
}

static void body(void) {
  do {
    uint32_t before = load_rlx(&gc_totals.cycles);
    for (int i = 0; i < HERD; i++) spawn(one, NULL);
    for (int i = 0; i < HERD; i++) semrelease(&gate, false);
    for (int i = 0; i < HERD; i++) semacquire(&done_sema);
    /* 16 MB in a round; the goal is never below 4 MB. */
    CHECK(load_rlx(&gc_totals.cycles) - before <= 16);
    CHECK(load_rlx(&startSema) <= 1);
  } while (stress_round());
  os_print("start_herd: worst allocation %ld us, %ld over 50 ms\n",
           (long)(worst / 1000), (long)slow);
  CHECK(load_rlx(&gc_totals.cycles) > 0);
  CHECK(TERN_SANITIZED || slow * 20 <= stress_done * HERD);
}

int main(int argc, char **argv) {
  return stress_main(argc, argv, "start_herd", 50, body);
}
