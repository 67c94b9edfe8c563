/* shadow.c - the table of shadow words. */
#include "heap/shadow.h"

#include <string.h>

#include "heap/heap.h"
#include "heap/stats.h"
#include "os/os.h"
#include "sync/atomic.h"

#define CHUNK_SHIFT 22
#define CHUNK ((uintptr_t)1 << CHUNK_SHIFT)
#define CHUNKS (1u << 18) /* a terabyte of heap */
#define MAX_RANGES 16

bool shadow_on;

static uintptr_t **chunks; /* atomic entries: the shadow of CHUNK bytes each */
static struct { uintptr_t lo, n, *words; } ranges[MAX_RANGES];
static int nranges; /* constant once shadows are kept */

static uintptr_t *new_words(uintptr_t bytes) {
  uintptr_t *w = os_map(bytes, &sys_stats.other);
  if (!w) out_of_memory();
  return w;
}

/* The shadow of the heap from offset off to the end of its chunk. */
static uintptr_t *heap_shadow(uintptr_t off) {
  uintptr_t i = off >> CHUNK_SHIFT;
  CHECK(i < CHUNKS);
  uintptr_t *w = load_acq(&chunks[i]); /* pairs with the CAS */
  if (!w) {
    w = new_words(CHUNK);
    if (!cas_seq(&chunks[i], (uintptr_t *)0, w)) {
      os_unmap(w, CHUNK, &sys_stats.other);
      w = load_acq(&chunks[i]);
    }
  }
  return w + (off & (CHUNK - 1)) / 8;
}

uintptr_t *shadow_word(const void *slot) {
  uintptr_t p = (uintptr_t)slot;
  if (in_heap(p)) return heap_shadow(p - heap_lo);
  for (int i = 0; i < nranges; i++)
    if (p - ranges[i].lo < ranges[i].n)
      return ranges[i].words + (p - ranges[i].lo) / 8;
  return 0;
}

void shadow_store(const void *slot, const void *val) {
  uintptr_t *w = shadow_word(slot);
  if (w) store_rlx(w, (uintptr_t)val);
}

/* Also of words that nobody owns now, which is no error here. */
TERN_NO_ASAN static void copy_words(uintptr_t *to, uintptr_t *from, uintptr_t n) {
  for (uintptr_t i = 0; i < n / 8; i++) store_rlx(&to[i], load_rlx(&from[i]));
}

/* Calls for the pieces of [p, p+n) that lie in one chunk each. */
static void fill(uintptr_t p, uintptr_t n, bool copy) {
  while (n > 0) {
    uintptr_t k = CHUNK - ((p - heap_lo) & (CHUNK - 1));
    if (k > n) k = n;
    uintptr_t *w = heap_shadow(p - heap_lo);
    if (copy)
      copy_words(w, (uintptr_t *)p, k);
    else
      memset(w, 0, k);
    p += k;
    n -= k;
  }
}

void shadow_zero(uintptr_t p, uintptr_t n) { fill(p, n, false); }

void shadow_copy(uintptr_t p, uintptr_t n) {
  if (in_heap(p)) {
    fill(p, n, true);
    return;
  }
  uintptr_t *w = shadow_word((void *)p);
  if (w) copy_words(w, (uintptr_t *)p, n);
}

void shadow_add_range(uintptr_t lo, uintptr_t n) {
  if (!chunks) chunks = (uintptr_t **)new_words(CHUNKS * sizeof *chunks);
  CHECK(nranges < MAX_RANGES);
  ranges[nranges].lo = lo;
  ranges[nranges].n = n;
  ranges[nranges].words = new_words(n + 8);
  nranges++;
}
