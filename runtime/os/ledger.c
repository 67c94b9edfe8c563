/* ledger.c - what the process has from the system, as this room's calls count it.
 *
 * The rooms above keep counters of their own, by purpose; the sum of those must be
 * what stands here (heap/stats.c asserts it).  Whoever changes both does so between
 * os_change_begin and os_change_end, which nest and overlap freely: changes are
 * numbered as they begin and counted as they end, so that a reader, who takes no
 * lock, knows whether one was under way.
 */
#include "os/os.h"

int64_t os_mapped, os_backed, os_thread_memory;

static uint64_t begun, ended; /* atomic; begun >= ended */

void os_change_begin(void) { __atomic_add_fetch(&begun, 1, __ATOMIC_SEQ_CST); }
void os_change_end(void) { __atomic_add_fetch(&ended, 1, __ATOMIC_SEQ_CST); }

void os_count(int64_t n, int64_t *counter) {
  os_change_begin();
  __atomic_add_fetch(&os_mapped, n, __ATOMIC_RELAXED);
  if (counter) __atomic_add_fetch(counter, n, __ATOMIC_RELAXED);
  os_change_end();
}

/* ended first: if it equals a later begun, then nothing was under way between. */
bool os_quiet(uint64_t *stamp) {
  uint64_t e = __atomic_load_n(&ended, __ATOMIC_SEQ_CST);
  *stamp = __atomic_load_n(&begun, __ATOMIC_SEQ_CST);
  return e == *stamp;
}

bool os_quiet_since(uint64_t stamp) {
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  return __atomic_load_n(&begun, __ATOMIC_SEQ_CST) == stamp;
}
