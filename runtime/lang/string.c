/* string.c - comparison, concatenation and conversion of strings.
 *
 * A string's bytes never change once another part of the program can see them;
 * functions that build one fill fresh pointer-free memory and only then return
 * it.  One-byte strings need no memory: they point into a constant table.
 *
 * UTF-8 as Go reads it: each byte of a malformed sequence is one rune
 * U+FFFD of width 1; surrogates and values past U+10FFFF are malformed.
 */
#include <string.h>

#include "gc/malloc.h"
#include "heap/sizeclass.h"
#include "lang/lang.h"

#define RUNE_ERROR 0xFFFD
#define RUNE_MAX 0x10FFFF

/* "\x00", "\x01", ...: every eighth byte, little-endian; filled by lang_init
 * with the table of small boxed integers (iface.c). */
extern uint64_t small_values[256];

/* ---- Comparison ------------------------------------------------------------- */

/* The part of a == b that has to look at the bytes. */
bool tern_streq_slow(tern_string a, tern_string b) {
  return a.len == b.len && equal_bytes(a.ptr, b.ptr, a.len);
}

int tern_strcmp(tern_string a, tern_string b) {
  int64_t n = a.len < b.len ? a.len : b.len;
  const int64_t chunk = 256 * 1024;
  for (int64_t i = 0; i < n; i += chunk) {
    int64_t k = n - i < chunk ? n - i : chunk;
    int c = memcmp(a.ptr + i, b.ptr + i, (size_t)k);
    if (c != 0) return c;
    if (k == chunk) tern_poll();
  }
  return (a.len > b.len) - (a.len < b.len);
}

/* ---- Concatenation ---------------------------------------------------------- */

/* A fresh string of n > 0 bytes for the caller to fill. */
static uint8_t *raw_string(int64_t n) { return mallocgc(n, NULL, false); }

tern_string tern_concat(const tern_string *parts, int64_t n) {
  int64_t total = 0, nonempty = 0, last = 0;
  for (int64_t i = 0; i < n; i++) {
    if (parts[i].len == 0) continue;
    if (__builtin_add_overflow(total, parts[i].len, &total))
      fatal("string concatenation too long");
    nonempty++;
    last = i;
  }
  if (nonempty == 0) return (tern_string){0, 0};
  if (nonempty == 1) return parts[last]; /* bytes are immutable: share them */
  uint8_t *p = raw_string(total), *at = p;
  for (int64_t i = 0; i < n; i++) {
    copy_bytes(at, parts[i].ptr, parts[i].len);
    at += parts[i].len;
  }
  return (tern_string){p, total};
}

/* ---- Bytes ------------------------------------------------------------------ */

tern_string tern_string_from_bytes(tern_slice b) {
  if (b.len == 0) return (tern_string){0, 0};
  if (b.len == 1)
    return (tern_string){(uint8_t *)&small_values[*(uint8_t *)b.ptr], 1};
  uint8_t *p = raw_string(b.len);
  copy_bytes(p, b.ptr, b.len);
  return (tern_string){p, b.len};
}

tern_slice tern_bytes_from_string(tern_string s) {
  if (s.len == 0) return (tern_slice){tern_zero_value, 0, 0};
  int64_t cap = roundupsize(s.len, true);
  uint8_t *p = mallocgc(cap, NULL, false);
  copy_bytes(p, s.ptr, s.len);
  clear_bytes(p + s.len, cap - s.len);
  return (tern_slice){p, s.len, cap};
}

/* ---- Runes ------------------------------------------------------------------ */

/* Decodes a rune of two to four bytes; 1 and RUNE_ERROR if malformed. */
static int64_t decode_multi(const uint8_t *p, int64_t n, int32_t *r) {
  uint8_t b0 = p[0];
  *r = RUNE_ERROR;
  if (b0 < 0xC2 || b0 > 0xF4 || n < 2 || (p[1] & 0xC0) != 0x80) return 1;
  if (b0 < 0xE0) {
    *r = (b0 & 0x1F) << 6 | (p[1] & 0x3F);
    return 2;
  }
  if (n < 3 || (p[2] & 0xC0) != 0x80) return 1;
  if (b0 < 0xF0) {
    int32_t v = (b0 & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    if (v < 0x800 || (v >= 0xD800 && v < 0xE000)) return 1;
    *r = v;
    return 3;
  }
  if (n < 4 || (p[3] & 0xC0) != 0x80) return 1;
  int32_t v = (b0 & 0x07) << 18 | (p[1] & 0x3F) << 12 | (p[2] & 0x3F) << 6 |
              (p[3] & 0x3F);
  if (v < 0x10000 || v > RUNE_MAX) return 1;
  *r = v;
  return 4;
}

int64_t tern_decoderune(tern_string s, int64_t i, int32_t *r) {
  if (s.ptr[i] < 0x80) {
    *r = s.ptr[i];
    return i + 1;
  }
  return i + decode_multi(s.ptr + i, s.len - i, r);
}

/* Writes the UTF-8 of r (an invalid rune: of U+FFFD) to p; returns the width,
 * one to four. */
static int64_t encode_rune(uint8_t *p, int32_t r) {
  if ((uint32_t)r > RUNE_MAX || (r >= 0xD800 && r < 0xE000)) r = RUNE_ERROR;
  if (r < 0x80) {
    p[0] = (uint8_t)r;
    return 1;
  }
  if (r < 0x800) {
    p[0] = (uint8_t)(0xC0 | r >> 6);
    p[1] = (uint8_t)(0x80 | (r & 0x3F));
    return 2;
  }
  if (r < 0x10000) {
    p[0] = (uint8_t)(0xE0 | r >> 12);
    p[1] = (uint8_t)(0x80 | (r >> 6 & 0x3F));
    p[2] = (uint8_t)(0x80 | (r & 0x3F));
    return 3;
  }
  p[0] = (uint8_t)(0xF0 | r >> 18);
  p[1] = (uint8_t)(0x80 | (r >> 12 & 0x3F));
  p[2] = (uint8_t)(0x80 | (r >> 6 & 0x3F));
  p[3] = (uint8_t)(0x80 | (r & 0x3F));
  return 4;
}

tern_string tern_string_from_rune(int64_t r) {
  uint8_t buf[4];
  int32_t v = r < 0 || r > RUNE_MAX ? RUNE_ERROR : (int32_t)r;
  return tern_string_from_bytes((tern_slice){buf, encode_rune(buf, v), 4});
}

tern_string tern_string_from_runes(tern_slice runes) {
  const int32_t *r = runes.ptr;
  int64_t total = 0;
  uint8_t buf[4];
  for (int64_t i = 0; i < runes.len; i++) {
    total += encode_rune(buf, r[i]);
    if ((i & 0xFFFF) == 0xFFFF) tern_poll();
  }
  if (total == 0) return (tern_string){0, 0};
  uint8_t *p = raw_string(total);
  int64_t at = 0;
  for (int64_t i = 0; i < runes.len; i++) {
    int64_t w = encode_rune(buf, r[i]);
    if (at + w > total) break; /* the program changed the runes meanwhile */
    memcpy(p + at, buf, (size_t)w);
    at += w;
    if ((i & 0xFFFF) == 0xFFFF) tern_poll();
  }
  return (tern_string){p, at};
}

tern_slice tern_runes_from_string(tern_string s) {
  int64_t n = 0, i = 0;
  int32_t r;
  while (i < s.len) {
    i = tern_decoderune(s, i, &r);
    if ((++n & 0xFFFF) == 0) tern_poll();
  }
  if (n == 0) return (tern_slice){tern_zero_value, 0, 0};
  int64_t bytes = roundupsize(n * 4, true);
  int32_t *p = mallocgc(bytes, NULL, false);
  i = 0;
  for (int64_t k = 0; k < n; k++) {
    i = tern_decoderune(s, i, &p[k]);
    if ((k & 0xFFFF) == 0xFFFF) tern_poll();
  }
  clear_bytes(p + n, bytes - n * 4);
  return (tern_slice){p, n, bytes / 4};
}
