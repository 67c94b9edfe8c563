/* stops.c - stopping the world, handshakes, system calls, the number of Ps. */
#include "scenario.h"

static uint32_t done_sema;
static int64_t acks[256];

static void caller(void *arg) {
  for (uint32_t i = 0; i < 12; i++) {
    call_system(pick(4) == 0 ? 1 + pick(50) : 0);
    tern_poll();
  }
  semrelease(&done_sema, false);
}

static void ack(struct p *pp) { add_seq(&acks[pp->id], 1); }

static void handshake(void) {
  int64_t before[256];
  semacquire(&worldsema);
  int32_t n = gomaxprocs;
  for (int32_t i = 0; i < n; i++) before[i] = load_acq(&acks[i]);
  for_each_p(ack);
  for (int32_t i = 0; i < n; i++) CHECK(load_acq(&acks[i]) == before[i] + 1); /* FEP-3 */
  semrelease(&worldsema, true);
}

static void stop(void) {
  stopTheWorld(STW_TEST);
  for (int32_t i = 0; i < gomaxprocs; i++) CHECK(p_status(allp[i]) == _Pgcstop); /* STW-7 */
  startTheWorld();
}

/* golang/go#10618 lives here. */
SCENARIO(fep_syscall, 0, "stops and handshakes in turn against short system calls") {
  for (int i = 0; i < 3; i++) spawn(caller, NULL);
  for (int i = 0; i < 4; i++) {
    if (pick(2)) stop();
    handshake();
  }
  for (int i = 0; i < 3; i++) semacquire(&done_sema);
}
