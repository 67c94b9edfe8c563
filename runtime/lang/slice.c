/* slice.c - make, append and copy for slices.
 *
 * Capacities are observable through cap(), so they follow Go 1.22 to the number:
 * its growth rule, then rounding up to the size class that the allocator would
 * hand out anyway (heap/sizeclass.h has Go's classes).
 *
 * A fresh array is reachable only from this stack until the call returns; its
 * old elements are copied with tern_copy, which polls between chunks and shades
 * the new pointers (WB-5).
 */
#include "heap/sizeclass.h"
#include "gc/malloc.h"
#include "lang/lang.h"

/* No object may be larger: the end of the 48-bit address space. */
#define MAX_ALLOC ((int64_t)1 << 48)

static bool too_large(int64_t size, int64_t n) {
  int64_t bytes;
  return n < 0 || __builtin_mul_overflow(size, n, &bytes) || bytes > MAX_ALLOC;
}

/* make([]T, len, cap), with Go's checks in Go's order. */
tern_slice tern_makeslice(const tern_type *elem, int64_t len, int64_t cap) {
  if (TERN_UNLIKELY(too_large(elem->size, cap) || len < 0 || len > cap)) {
    /* Go blames the length when the length alone would be wrong, because
     * make([]T, n) has one argument only. */
    if (too_large(elem->size, len))
      panic_runtime(TERN_STR("makeslice: len out of range"));
    panic_runtime(TERN_STR("makeslice: cap out of range"));
  }
  void *p = elem->ptrdata == 0 ? mallocgc(cap * elem->size, NULL, true)
                               : tern_new_array(elem, cap);
  return (tern_slice){p, len, cap};
}

/* The capacity Go asks for before rounding up: double while small, then
 * towards a factor of 1.25; never less than need. */
static int64_t next_capacity(int64_t need, int64_t old) {
  const int64_t threshold = 256;
  int64_t twice = (int64_t)((uint64_t)old * 2);
  if (need > twice) return need;
  if (old < threshold) return twice;
  uint64_t cap = (uint64_t)old;
  while (cap < (uint64_t)need) cap += (cap + 3 * threshold) >> 2;
  return (int64_t)cap <= 0 ? need : (int64_t)cap;
}

tern_slice tern_growslice(const tern_type *elem, tern_slice old, int64_t len) {
  if (len < 0) panic_runtime(TERN_STR("growslice: len out of range"));
  if (len <= old.cap) return (tern_slice){old.ptr, len, old.cap};
  if (elem->size == 0) return (tern_slice){tern_zero_value, len, len};
  int64_t cap = next_capacity(len, old.cap);
  if (too_large(elem->size, cap))
    panic_runtime(TERN_STR("growslice: len out of range"));
  bool noscan = elem->ptrdata == 0;
  cap = roundupsize(cap * elem->size, noscan) / elem->size;
  char *p;
  if (noscan) {
    int64_t live = old.len * elem->size, total = cap * elem->size;
    p = mallocgc(total, NULL, false);
    copy_bytes(p, old.ptr, live);
    clear_bytes(p + live, total - live);
  } else {
    p = tern_new_array(elem, cap);
    tern_copy(elem, p, old.ptr, old.len);
  }
  return (tern_slice){p, len, cap};
}

tern_slice tern_appendslice(const tern_type *elem, tern_slice dst,
                            tern_slice src) {
  int64_t at = dst.len, len;
  if (__builtin_add_overflow(at, src.len, &len)) len = -1;
  if (src.len == 0) return dst;
  if (len < 0 || len > dst.cap)
    dst = tern_growslice(elem, dst, len);
  else
    dst.len = len;
  tern_copy(elem, (char *)dst.ptr + at * elem->size, src.ptr, src.len);
  return dst;
}

/* A stand-in descriptor for bytes: growslice looks at the sizes alone. */
static const tern_type byte_elem = {.size = 1, .kind = TERN_UINT8, .align = 1};

tern_slice tern_appendstring(tern_slice dst, tern_string src) {
  return tern_appendslice(&byte_elem, dst,
                          (tern_slice){(void *)src.ptr, src.len, src.len});
}

int64_t tern_slicecopy(const tern_type *elem, tern_slice dst, tern_slice src) {
  int64_t n = dst.len < src.len ? dst.len : src.len;
  tern_copy(elem, dst.ptr, src.ptr, n);
  return n;
}

int64_t tern_copystring(tern_slice dst, tern_string src) {
  int64_t n = dst.len < src.len ? dst.len : src.len;
  copy_bytes(dst.ptr, src.ptr, n);
  return n;
}
