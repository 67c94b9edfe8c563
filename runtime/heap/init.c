/* init.c - reserving the address range and its tables; persistent memory. */
#include "heap/heap.h"
#include "heap/pages.h"
#include "heap/stats.h"
#include "os/os.h"

uintptr_t heap_lo, heap_used;
uint64_t *pagemap;
uint8_t *markbits, *allocbits, *checkbits;
struct span *span_table;
struct sys_stats sys_stats;

/* Tried from large to small, so that a small `ulimit -v` still works. */
#define RESERVE_MAX ((uintptr_t)256 << 30)
#define RESERVE_MIN ((uintptr_t)16 << 20)

/* Bytes of tables for each page of heap. */
#define TABLE_BYTES \
  (sizeof *pagemap + 3 * BITS_PER_PAGE_BYTES + sizeof(struct span))

void out_of_memory(void) { fatal("runtime: out of memory"); }

void heap_init(void) {
  sizeclass_init();
  uint64_t limit = os_address_limit();
  uintptr_t want = RESERVE_MAX;
  /* Leave a third for thread stacks, C libraries and the program itself. */
  while (want > RESERVE_MIN && want > limit / 3 * 2) want /= 2;
  char *p = 0;
  for (; want >= RESERVE_MIN; want /= 2) {
    uintptr_t pages = want >> PAGE_SHIFT;
    p = os_reserve(want + PAGE_SIZE + pages * TABLE_BYTES);
    if (p) break;
  }
  if (!p) fatal("cannot reserve address space for the heap (ulimit -v is %lu)",
                (unsigned long)limit);
  uintptr_t pages = want >> PAGE_SHIFT;
  heap_lo = ((uintptr_t)p + PAGE_SIZE - 1) & ~(PAGE_SIZE - 1);
  char *t = (char *)heap_lo + want;
  pagemap = (uint64_t *)t;
  t += pages * sizeof *pagemap;
  markbits = (uint8_t *)t;
  t += pages * BITS_PER_PAGE_BYTES;
  allocbits = (uint8_t *)t;
  t += pages * BITS_PER_PAGE_BYTES;
  checkbits = (uint8_t *)t;
  t += pages * BITS_PER_PAGE_BYTES;
  span_table = (struct span *)t;
  pages_init(want);
}

/* ---- Memory that lives for ever ----------------------------------------- */

#define CHUNK ((uintptr_t)256 << 10)

static struct {
  mutex lock;
  char *p, *end; /* guarded by lock */
} persistent = {.lock = MUTEX_INIT(PERSISTENT)};

void *persistentalloc(uintptr_t size, uintptr_t align, int64_t *counter) {
  lock_may_acquire(RANK_PERSISTENT);
  if (align == 0) align = 8;
  if (size >= CHUNK / 4) {
    void *p = os_map(size, counter);
    if (!p) out_of_memory();
    return p;
  }
  lock(&persistent.lock);
  char *p = (char *)(((uintptr_t)persistent.p + align - 1) & ~(align - 1));
  if (!persistent.p || p + size > persistent.end) {
    p = os_map(CHUNK, &sys_stats.unused);
    if (!p) out_of_memory();
    persistent.p = p;
    persistent.end = p + CHUNK;
  }
  int64_t taken = (int64_t)(p + size - persistent.p); /* with what aligns it */
  persistent.p = p + size;
  unlock(&persistent.lock);
  os_change_begin();
  add_rlx(&sys_stats.unused, -taken);
  add_rlx(counter, taken);
  os_change_end();
  return p;
}
