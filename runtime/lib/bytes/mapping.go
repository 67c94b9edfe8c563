package bytes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Map returns a copy of s with each rune replaced by mapping of it; a negative
// result drops the rune. A byte that is not UTF-8 is mapped as RuneError.
func Map(mapping func(r rune) rune, s []byte) []byte {
	b := make([]byte, 0, len(s))
	for _, c := range view(s) {
		if r := mapping(c); r >= 0 {
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// fresh returns the bytes of r, which strings made of s, in memory of their own.
func fresh(s []byte, r string) []byte {
	if len(r) == 0 || len(r) == len(s) && &owned(r)[0] == &s[0] {
		return append([]byte{}, r...)
	}
	return owned(r)
}

// ToUpper returns a copy of s in upper case.
func ToUpper(s []byte) []byte { return fresh(s, strings.ToUpper(view(s))) }

// ToLower returns a copy of s in lower case.
func ToLower(s []byte) []byte { return fresh(s, strings.ToLower(view(s))) }

// ToTitle returns a copy of s in title case.
func ToTitle(s []byte) []byte { return Map(unicode.ToTitle, s) }

// Title returns a copy of s with the first letter of each word in title case.
//
// Deprecated: words do not begin where it thinks.
func Title(s []byte) []byte { return fresh(s, strings.Title(view(s))) }

// ToValidUTF8 returns a copy of s with each run of bytes that are not UTF-8
// replaced by replacement.
func ToValidUTF8(s, replacement []byte) []byte {
	return fresh(s, strings.ToValidUTF8(view(s), view(replacement)))
}

// Runes returns the runes of s.
func Runes(s []byte) []rune { return []rune(view(s)) }

// Repeat returns b count times over, in new memory. It panics if count is
// negative or the result too long.
func Repeat(b []byte, count int) []byte {
	if count < 0 {
		panic("bytes: negative Repeat count")
	}
	if len(b) > 0 && count > int(^uint(0)>>1)/len(b) {
		panic("bytes: Repeat output length overflow")
	}
	return fresh(b, strings.Repeat(view(b), count))
}
