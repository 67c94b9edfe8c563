/*
 * utf8.h - decoding of UTF-8 and the letters and digits of identifiers.
 */
#ifndef TERN_COMPILER_UTF8_H
#define TERN_COMPILER_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an invalid byte decodes to (with size 1): the replacement character. */
#define UTF8_ERROR 0xFFFDu
#define UTF8_MAX_RUNE 0x10FFFFu

/* Decodes one code point of bytes[0..len), len > 0; returns its size in bytes. */
size_t utf8_decode(const char *bytes, size_t len, uint32_t *rune);

/* Encodes a code point (invalid ones as UTF8_ERROR); returns the size, at most 4. */
size_t utf8_encode(uint32_t rune, char out[4]);

/* Unicode categories L and Nd, as the language defines letter and digit. */
bool unicode_is_letter(uint32_t rune);
bool unicode_is_digit(uint32_t rune);

#endif
