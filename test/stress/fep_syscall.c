/* fep_syscall.c - T-fep-syscall: a storm of system calls while the world is
 * stopped and handshakes run in turn, without a pause.
 *
 * golang/go#10618: both used one counter and one note, and a thread late in
 * entersyscall decremented the wrong one.  Kills E1, E4, E6.
 */
#include "stress.h"

static uint32_t enough;
static int64_t ncalls;
static int64_t acks[256];

static void caller(void *arg) {
  uint64_t rng = stress_seed + (uint64_t)(uintptr_t)arg;
  while (!load_acq(&enough)) {
    entersyscall();
    switch (stress_rand(&rng, 32)) {
      case 0: os_usleep(1 + stress_rand(&rng, 50)); break;
      case 1: os_yield(); break;
      default: break;
    }
    exitsyscall();
    add_rlx(&ncalls, 1);
    tern_poll();
  }
}

static void ack(struct p *pp) { add_seq(&acks[pp->id], 1); }

static void body(void) {
  for (int64_t i = 0; i < 8; i++) spawn(caller, (void *)(uintptr_t)i);
  int64_t handshakes = 0;
  do {
    stopTheWorld(STW_TEST);
    int64_t n = load_acq(&ncalls);
    for (int32_t i = 0; i < gomaxprocs; i++)
      CHECK(p_status(allp[i]) == _Pgcstop);
    CHECK(load_acq(&ncalls) == n);
    startTheWorld();
    semacquire(&worldsema);
    forEachP(ack);
    handshakes++;
    for (int32_t i = 0; i < gomaxprocs; i++)
      CHECK(load_acq(&acks[i]) == handshakes);
    semrelease(&worldsema, true);
  } while (stress_round());
  store_rel(&enough, 1);
  CHECK(sched.safe_point_nudges <= 2 + stress_done / 10000); /* none was lost */
  os_print("fep_syscall: %ld system calls, %ld handshakes rescued\n",
           (long)load_rlx(&ncalls), (long)sched.safe_point_rescues);
}

int main(int argc, char **argv) {
  return stress_main(argc, argv, "fep_syscall", 20000, body);
}
