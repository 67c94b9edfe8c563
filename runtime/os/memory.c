/* memory.c - address space: reserve, commit, release. */
#include "os/os.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

void *os_reserve(size_t n) {
  void *p = mmap(0, n, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                 -1, 0);
  return p == MAP_FAILED ? 0 : p;
}

bool os_commit(void *p, size_t n, int64_t *counter) {
  if (mprotect(p, n, PROT_READ | PROT_WRITE) != 0) return false;
  os_count((int64_t)n, counter);
  return true;
}

void os_release(void *p, size_t n) {
  madvise(p, n, MADV_DONTNEED);
  __atomic_sub_fetch(&os_backed, (int64_t)n, __ATOMIC_RELAXED);
}

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 /* Linux 5.14; an error before */
#endif

void os_use(void *p, size_t n, bool now) {
  if (now) madvise(p, n, MADV_POPULATE_WRITE);
  __atomic_add_fetch(&os_backed, (int64_t)n, __ATOMIC_RELAXED);
}

void *os_map(size_t n, int64_t *counter) {
  void *p = mmap(0, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                 0);
  if (p == MAP_FAILED) return 0;
  os_count((int64_t)os_pages(n), counter);
  return p;
}

void os_unmap(void *p, size_t n, int64_t *counter) {
  os_count(-(int64_t)os_pages(n), counter);
  munmap(p, n);
}

uint64_t os_address_limit(void) {
  struct rlimit r;
  if (getrlimit(RLIMIT_AS, &r) != 0 || r.rlim_cur == RLIM_INFINITY)
    return UINT64_MAX;
  return r.rlim_cur;
}

uint64_t os_resident(void) {
  char buf[128];
  int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  ssize_t n = read(fd, buf, sizeof buf - 1);
  close(fd);
  if (n <= 0) return 0;
  buf[n] = 0;
  const char *s = strchr(buf, ' ');
  uint64_t pages = 0;
  for (s = s ? s + 1 : ""; *s >= '0' && *s <= '9'; s++)
    pages = pages * 10 + (uint64_t)(*s - '0');
  return pages * OS_PAGE;
}
