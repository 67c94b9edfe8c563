/* dwarf.h - reading the bytes of DWARF sections, for dwarfline.c and
 * dwarfinfo.c.  A read past the end gives zeros and leaves the reader at the end,
 * so that damaged tables end a loop instead of the process. */
#ifndef TERN_DEBUG_DWARF_H
#define TERN_DEBUG_DWARF_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct reader {
  const uint8_t *p, *end;
};

static inline uint64_t read_fixed(struct reader *r, int n) {
  uint64_t v = 0;
  if (r->end - r->p < n) {
    r->p = r->end;
    return 0;
  }
  memcpy(&v, r->p, (size_t)n);
  r->p += n;
  return v;
}
static inline uint8_t read_u8(struct reader *r) { return (uint8_t)read_fixed(r, 1); }

static inline uint64_t read_uleb(struct reader *r) {
  uint64_t v = 0;
  for (int shift = 0; r->p < r->end; shift += 7) {
    uint8_t b = *r->p++;
    if (shift < 64) v |= (uint64_t)(b & 0x7F) << shift;
    if (!(b & 0x80)) break;
  }
  return v;
}

static inline int64_t read_sleb(struct reader *r) {
  uint64_t v = 0;
  int shift = 0;
  uint8_t b = 0;
  while (r->p < r->end) {
    b = *r->p++;
    if (shift < 64) v |= (uint64_t)(b & 0x7F) << shift;
    shift += 7;
    if (!(b & 0x80)) break;
  }
  if (shift < 64 && (b & 0x40)) v |= ~(uint64_t)0 << shift;
  return (int64_t)v;
}

static inline const char *read_cstring(struct reader *r) {
  const char *s = (const char *)r->p;
  const uint8_t *nul = memchr(r->p, 0, (size_t)(r->end - r->p));
  if (nul == NULL) {
    r->p = r->end;
    return "";
  }
  r->p = nul + 1;
  return s;
}

static inline void skip(struct reader *r, uint64_t n) {
  r->p = (uint64_t)(r->end - r->p) < n ? r->end : r->p + n;
}

#endif
