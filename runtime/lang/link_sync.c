/* link_sync.c - the C half of package sync: semaphores, spinning, dying. */
#include <string.h>

#include "lang/link.h"
#include "sched/sched.h"
#include "sched/sema.h"

void sync_runtime_Semacquire(uint32_t *addr, bool lifo, int64_t why)
    TERN_SYMBOL("sync.runtime_Semacquire");
void sync_runtime_Semrelease(uint32_t *addr, bool handoff)
    TERN_SYMBOL("sync.runtime_Semrelease");
bool sync_runtime_spin(int64_t round) TERN_SYMBOL("sync.runtime_spin");
int64_t sync_runtime_nanotime(void) TERN_SYMBOL("sync.runtime_nanotime");
void sync_fatal(tern_string msg) TERN_SYMBOL("sync.fatal");

/* Rounds that a mutex spins before it parks, and pauses in each. */
#define SPIN_ROUNDS 4
#define SPIN_PAUSES 30

/* why is one of the constants in sync/mutex.go. */
void sync_runtime_Semacquire(uint32_t *addr, bool lifo, int64_t why) {
  static const uint8_t reasons[] = {WAIT_SEMACQUIRE, WAIT_SYNC_MUTEX,
                                    WAIT_SYNC_RWMUTEX_R, WAIT_SYNC_RWMUTEX,
                                    WAIT_SYNC_COND};
  semacquire_why(addr, lifo, (enum wait_reason)reasons[why]);
}

void sync_runtime_Semrelease(uint32_t *addr, bool handoff) {
  semrelease(addr, handoff);
}

/* Spins for a moment if the lock's owner may run meanwhile and nobody waits for
 * this P; false if parking is better. */
bool sync_runtime_spin(int64_t round) {
  if (round >= SPIN_ROUNDS || ncpu <= 1 || gomaxprocs <= 1) return false;
  int32_t idle = load_rlx(&sched.npidle) + load_rlx(&sched.nmspinning);
  if (gomaxprocs <= idle + 1) return false;
  struct p *pp = getp();
  if (load_rlx(&pp->runnext) || load_rlx(&pp->runqhead) != load_rlx(&pp->runqtail))
    return false;
  procyield(SPIN_PAUSES);
  return true;
}

int64_t sync_runtime_nanotime(void) { return nanotime(); }

/* fatal error: MSG; ends the program. */
void sync_fatal(tern_string msg) {
  char text[128];
  int64_t n = msg.len < 127 ? msg.len : 127;
  memcpy(text, msg.ptr, (size_t)n);
  text[n] = 0;
  fatal("%s", text);
}
