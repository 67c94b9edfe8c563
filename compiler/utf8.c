/*
 * utf8.c - decoding and encoding of UTF-8.
 *
 * Surrogates, overlong forms and values past U+10FFFF are invalid; an invalid
 * byte counts one byte, so that decoding gets back into step.
 */
#include "utf8.h"

size_t utf8_decode(const char *bytes, size_t len, uint32_t *rune) {
  const unsigned char *b = (const unsigned char *)bytes;
  *rune = b[0];
  if (b[0] < 0x80)
    return 1;
  size_t size = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
  static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  uint32_t value = b[0] & (0x7Fu >> size);
  *rune = UTF8_ERROR;
  if (b[0] < 0xC2 || b[0] > 0xF4 || size > len)
    return 1;
  for (size_t i = 1; i < size; i++) {
    if ((b[i] & 0xC0) != 0x80)
      return 1;
    value = value << 6 | (b[i] & 0x3F);
  }
  if (value < smallest[size] || value > UTF8_MAX_RUNE || (value >= 0xD800 && value <= 0xDFFF))
    return 1;
  *rune = value;
  return size;
}

size_t utf8_encode(uint32_t rune, char out[4]) {
  if (rune > UTF8_MAX_RUNE || (rune >= 0xD800 && rune <= 0xDFFF))
    rune = UTF8_ERROR;
  if (rune < 0x80) {
    out[0] = (char)rune;
    return 1;
  }
  size_t size = rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
  for (size_t i = size - 1; i > 0; i--) {
    out[i] = (char)(0x80 | (rune & 0x3F));
    rune >>= 6;
  }
  static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
  out[0] = (char)(lead[size] | rune);
  return size;
}
