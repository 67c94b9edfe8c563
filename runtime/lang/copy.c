/* copy.c - copies, clears and comparisons of memory, as Go means them.
 *
 * Called by emitted code for arrays and slices, and by the rest of the room.
 *
 * Invariants
 *  1. A word that may hold a pointer is written whole: the marker may read it at
 *     the same time.  libc's memmove promises nothing of the kind, so memory
 *     with pointers is copied word by word with relaxed atomic stores, and libc
 *     is used for pointer-free memory only.
 *  2. In each chunk: first the barriers for all destination slots, then the
 *     copy, no poll in between (WB-8).
 *  3. Between chunks there is a poll, so that a copy of a gigabyte does not hold
 *     up a stop of the world.
 * Element types that are huge arrays are taken apart, so that invariant 3 holds
 * for [1<<20]*T as well as for []*T.
 */
#include <string.h>

#include "gc/barrier.h"
#include "lang/lang.h"

/* About 20 us of copying, and of pointer barriers, on a slow machine. */
#define BYTES_CHUNK (256 * 1024)
#define WORDS_CHUNK (32 * 1024)

/* ---- Words ---------------------------------------------------------------- */

static void words_up(uint64_t *dst, const uint64_t *src, int64_t n) {
  for (int64_t i = 0; i < n; i++) store_rlx(&dst[i], load_rlx(&src[i]));
}

static void words_down(uint64_t *dst, const uint64_t *src, int64_t n) {
  for (int64_t i = n - 1; i >= 0; i--) store_rlx(&dst[i], load_rlx(&src[i]));
}

static void words_zero(uint64_t *dst, int64_t n) {
  for (int64_t i = 0; i < n; i++) store_rlx(&dst[i], 0);
}

static inline bool barrier_on(void) { return load_rlx(&tern_wb_on); }

void copy_value(const tern_type *t, void *dst, const void *src) {
  if (t->ptrdata == 0) {
    memmove(dst, src, (size_t)t->size);
    return;
  }
  tern_before_copy(t, dst, src);
  words_up(dst, src, t->size / 8);
}

void copy_value_init(const tern_type *t, void *dst, const void *src) {
  if (t->ptrdata == 0) {
    memmove(dst, src, (size_t)t->size);
    return;
  }
  if (TERN_UNLIKELY(barrier_on())) tern_wb_init(t, dst, src);
  words_up(dst, src, t->size / 8);
}

void clear_value(const tern_type *t, void *dst) {
  if (t->ptrdata == 0) {
    memset(dst, 0, (size_t)t->size);
    return;
  }
  if (TERN_UNLIKELY(barrier_on())) tern_wb_bulk(t, dst, NULL, 1);
  words_zero(dst, t->size / 8);
}

/* ---- Pointer-free memory --------------------------------------------------- */

void copy_bytes(void *dst, const void *src, int64_t n) {
  char *d = dst;
  const char *s = src;
  if (d <= s || d >= s + n) {
    while (n > BYTES_CHUNK) {
      memmove(d, s, BYTES_CHUNK);
      d += BYTES_CHUNK, s += BYTES_CHUNK, n -= BYTES_CHUNK;
      tern_poll();
    }
    memmove(d, s, (size_t)n);
    return;
  }
  while (n > BYTES_CHUNK) { /* dst overlaps the end of src: from the back */
    n -= BYTES_CHUNK;
    memmove(d + n, s + n, BYTES_CHUNK);
    tern_poll();
  }
  memmove(d, s, (size_t)n);
}

void clear_bytes(void *dst, int64_t n) {
  char *d = dst;
  while (n > BYTES_CHUNK) {
    memset(d, 0, BYTES_CHUNK);
    d += BYTES_CHUNK, n -= BYTES_CHUNK;
    tern_poll();
  }
  memset(d, 0, (size_t)n);
}

bool equal_bytes(const void *a, const void *b, int64_t n) {
  const char *p = a, *q = b;
  while (n > BYTES_CHUNK) {
    if (memcmp(p, q, BYTES_CHUNK) != 0) return false;
    p += BYTES_CHUNK, q += BYTES_CHUNK, n -= BYTES_CHUNK;
    tern_poll();
  }
  return memcmp(p, q, (size_t)n) == 0;
}

/* ---- Memory with pointers --------------------------------------------------- */

/* Replaces (array type, n) by (its element type, n * length) while one element
 * alone would be longer than a chunk. */
static const tern_type *split(const tern_type *t, int64_t *n) {
  while (t->size > WORDS_CHUNK && t->kind == TERN_ARRAY) {
    *n *= t->len;
    t = t->elem;
  }
  return t;
}

static int64_t elems_per_chunk(const tern_type *t) {
  return t->size >= WORDS_CHUNK ? 1 : WORDS_CHUNK / t->size;
}

void tern_copy(const tern_type *t, void *dst, const void *src, int64_t n) {
  if (n <= 0 || t->size == 0 || dst == src) return;
  if (t->ptrdata == 0) {
    copy_bytes(dst, src, n * t->size);
    return;
  }
  t = split(t, &n);
  char *d = dst;
  const char *s = src;
  bool up = d <= s || d >= s + n * t->size;
  int64_t step = elems_per_chunk(t);
  for (;;) {
    int64_t k = n < step ? n : step, at = up ? 0 : (n - k) * t->size;
    if (TERN_UNLIKELY(barrier_on())) tern_wb_bulk(t, d + at, s + at, k);
    (up ? words_up : words_down)((uint64_t *)(d + at),
                                 (const uint64_t *)(s + at), k * t->size / 8);
    n -= k;
    if (n == 0) return;
    if (up) d += k * t->size, s += k * t->size;
    tern_poll();
  }
}

void tern_clear(const tern_type *t, void *dst, int64_t n) {
  if (n <= 0 || t->size == 0) return;
  if (t->ptrdata == 0) {
    clear_bytes(dst, n * t->size);
    return;
  }
  t = split(t, &n);
  char *d = dst;
  int64_t step = elems_per_chunk(t);
  for (;;) {
    int64_t k = n < step ? n : step;
    if (TERN_UNLIKELY(barrier_on())) tern_wb_bulk(t, d, NULL, k);
    words_zero((uint64_t *)d, k * t->size / 8);
    n -= k;
    if (n == 0) return;
    d += k * t->size;
    tern_poll();
  }
}
