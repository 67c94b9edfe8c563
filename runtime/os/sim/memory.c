/* memory.c - address space for a simulation: the same addresses in every run, and
 * requests that the seed refuses.
 *
 * Mappings follow each other from one fixed address and are never reused.
 */
#define _GNU_SOURCE
#include <string.h>
#include <sys/mman.h>

#include "os/os.h"
#include "os/sim/simp.h"

#define BASE ((uintptr_t)0x200000000000)
#define STEP ((uintptr_t)65536)

static uintptr_t next = BASE;

static void *map(size_t n, int access) {
  void *p = mmap((void *)next, n, access,
                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
                 -1, 0);
  if (p == MAP_FAILED) return 0;
  next += (n + STEP - 1) & ~(STEP - 1);
  return p;
}

void *sim_map(size_t n) { return map(n, PROT_READ | PROT_WRITE); }

static bool refused(void) {
  if (!sim.running || ++sim.requests != sim.config.refuse) return false;
  sim.out->refused++;
  return true;
}

int32_t sim_refused(void) { return sim.out->refused; }

void *os_reserve(size_t n) { return map(n, PROT_NONE); }

bool os_commit(void *p, size_t n, int64_t *counter) {
  if (refused() || mprotect(p, n, PROT_READ | PROT_WRITE) != 0) return false;
  os_count((int64_t)n, counter);
  return true;
}

void os_release(void *p, size_t n) {
  madvise(p, n, MADV_DONTNEED);
  os_backed -= (int64_t)n;
}

void os_use(void *p, size_t n, bool now) { os_backed += (int64_t)n; }

void *os_map(size_t n, int64_t *counter) {
  void *p = refused() ? 0 : sim_map(n);
  if (p) os_count((int64_t)os_pages(n), counter);
  return p;
}

void os_unmap(void *p, size_t n, int64_t *counter) {
  os_count(-(int64_t)os_pages(n), counter);
  munmap(p, n);
}

/* Small, so that the tables of the heap are cheap to make. */
uint64_t os_address_limit(void) { return (uint64_t)3 << 30; }
uint64_t os_resident(void) { return 16 << 20; }
