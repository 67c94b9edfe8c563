/* link_bytealg.c - the C half of package internal/bytealg: searches over plain
 * bytes.
 *
 * They run on the goroutine's stack and never stop, so the Go half hands them
 * a bounded piece of work at a time.  libc's memchr and friends use no stack to
 * speak of; memmem does, so the substring search is our own.
 */
#include <emmintrin.h>
#include <string.h>

#include "lang/link.h"

/* The bytes that one call of the substring search may look at. */
#define SEARCH_CHUNK (1 << 18)

int64_t bytealg_indexByte(tern_string s, uint8_t c)
    TERN_SYMBOL("internal/bytealg.indexByte");
int64_t bytealg_lastIndexByte(tern_string s, uint8_t c)
    TERN_SYMBOL("internal/bytealg.lastIndexByte");
int64_t bytealg_countByte(tern_string s, uint8_t c)
    TERN_SYMBOL("internal/bytealg.countByte");
int64_t bytealg_compare(tern_string a, tern_string b)
    TERN_SYMBOL("internal/bytealg.compare");
int64_t bytealg_index(tern_string s, tern_string sep, int64_t from)
    TERN_SYMBOL("internal/bytealg.index");

void *memrchr(const void *s, int c, size_t n);

/* Returns the position of the first c, or -1. */
int64_t bytealg_indexByte(tern_string s, uint8_t c) {
  if (s.len == 0) return -1;
  const uint8_t *p = memchr(s.ptr, c, (size_t)s.len);
  return p ? p - s.ptr : -1;
}

/* Returns the position of the last c, or -1. */
int64_t bytealg_lastIndexByte(tern_string s, uint8_t c) {
  if (s.len == 0) return -1;
  const uint8_t *p = memrchr(s.ptr, c, (size_t)s.len);
  return p ? p - s.ptr : -1;
}

/* Returns how many bytes are c: sixteen lanes of counters, emptied before one
 * can overflow. */
int64_t bytealg_countByte(tern_string s, uint8_t c) {
  int64_t n = 0, i = 0;
  __m128i want = _mm_set1_epi8((char)c), zero = _mm_setzero_si128();
  while (s.len - i >= 16) {
    __m128i lanes = zero;
    for (int round = 0; round < 255 && s.len - i >= 16; round++, i += 16) {
      __m128i v = _mm_loadu_si128((const __m128i *)(s.ptr + i));
      lanes = _mm_sub_epi8(lanes, _mm_cmpeq_epi8(v, want));
    }
    __m128i sums = _mm_sad_epu8(lanes, zero);
    n += _mm_cvtsi128_si64(sums) + _mm_extract_epi16(sums, 4);
  }
  for (; i < s.len; i++) n += s.ptr[i] == c;
  return n;
}

/* Returns -1, 0 or 1 for strings of one length. */
int64_t bytealg_compare(tern_string a, tern_string b) {
  if (a.len == 0) return 0;
  int c = memcmp(a.ptr, b.ptr, (size_t)a.len);
  return (c > 0) - (c < 0);
}

/* Rabin-Karp from position `from`, for input on which the filter below fails
 * too often: linear whatever the bytes are.  Result as for bytealg_index. */
static int64_t index_rolling(tern_string s, tern_string sep, int64_t from) {
  const uint32_t prime = 16777619;
  uint32_t want = 0, have = 0, high = 1;
  int64_t n = sep.len, last = s.len - n;
  /* Setting up costs a pass over sep, so a chunk is no shorter than that. */
  int64_t stop = from + (n > SEARCH_CHUNK ? n : SEARCH_CHUNK);
  for (int64_t i = 0; i < n; i++) {
    want = want * prime + sep.ptr[i];
    have = have * prime + s.ptr[from + i];
    high *= prime;
  }
  for (int64_t i = from;; i++) {
    if (have == want && memcmp(s.ptr + i, sep.ptr, (size_t)n) == 0) return i;
    if (i >= last) return -1 - (last + 1);
    if (i >= stop) return -1 - (i + 1);
    have = have * prime + s.ptr[i + n] - high * s.ptr[i];
  }
}

/* Returns the position of the first sep in s at or after `from`, or -1-next
 * where the search goes on at next.  2 <= sep.len <= s.len - from.
 *
 * memchr finds candidates by the last byte of sep, which in text is as rare as
 * any; the first byte is looked at before the rest.  Each candidate that fails
 * costs, so that after too many per byte the rolling hash takes over. */
int64_t bytealg_index(tern_string s, tern_string sep, int64_t from) {
  int64_t n = sep.len, last = s.len - n;
  int64_t stop = from + SEARCH_CHUNK;
  int64_t end = last < stop ? last : stop; /* the last start to try */
  uint8_t first = sep.ptr[0], tail = sep.ptr[n - 1];
  int64_t i = from, failures = 0;
  while (i <= end) {
    const uint8_t *p =
        memchr(s.ptr + i + n - 1, tail, (size_t)(end - i + 1));
    if (p == NULL) break;
    i = p - s.ptr - (n - 1);
    if (s.ptr[i] == first && memcmp(s.ptr + i, sep.ptr, (size_t)n) == 0)
      return i;
    i++;
    failures++;
    if (failures > 16 && failures > (i - from) / 8 && i <= last)
      return index_rolling(s, sep, i);
  }
  return -1 - (end + 1);
}
