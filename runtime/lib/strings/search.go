// Package strings works on UTF-8 encoded strings.
//
// Files: search.go (where is it), split.go (into parts, and joined again),
// trim.go (off the ends), mapping.go (rune by rune), builder.go, reader.go,
// replacer.go. Package bytes is built on these functions.
package strings

import (
	"internal/bytealg"
	"unicode/utf8"
)

// Compare returns -1, 0 or 1 as a is less than, equal to or greater than b.
func Compare(a, b string) int { return bytealg.Compare(a, b) }

// Clone returns a copy of s that shares no memory with it.
func Clone(s string) string {
	if len(s) == 0 {
		return ""
	}
	return string([]byte(s))
}

// Index returns the position of the first substr in s, or -1.
func Index(s, substr string) int { return bytealg.Index(s, substr) }

// IndexByte returns the position of the first c in s, or -1.
func IndexByte(s string, c byte) int { return bytealg.IndexByte(s, c) }

// IndexRune returns the position of the first r in s, or -1. For RuneError that
// is the first byte that is not UTF-8, too.
func IndexRune(s string, r rune) int {
	switch {
	case 0 <= r && r < utf8.RuneSelf:
		return bytealg.IndexByte(s, byte(r))
	case r == utf8.RuneError:
		for i, c := range s {
			if c == utf8.RuneError {
				return i
			}
		}
		return -1
	case !utf8.ValidRune(r):
		return -1
	}
	return bytealg.Index(s, string(r))
}

// byteSet has a bit for each of the 128 ASCII characters.
type byteSet [2]uint64

// asciiSet returns the set of the bytes of chars; ok is false if one is not
// ASCII.
func asciiSet(chars string) (set byteSet, ok bool) {
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		if c >= utf8.RuneSelf {
			return set, false
		}
		set[c>>6] |= 1 << (c & 63)
	}
	return set, true
}

func (set *byteSet) has(c byte) bool {
	return c < utf8.RuneSelf && set[c>>6]&(1<<(c&63)) != 0
}

// IndexAny returns the position of the first rune of s that is in chars, or -1.
func IndexAny(s, chars string) int {
	if chars == "" {
		return -1
	}
	if set, ok := asciiSet(chars); ok {
		for i := 0; i < len(s); i++ {
			if set.has(s[i]) {
				return i
			}
		}
		return -1
	}
	for i, c := range s {
		if IndexRune(chars, c) >= 0 {
			return i
		}
	}
	return -1
}

// IndexFunc returns the position of the first rune of s for which f is true, or
// -1.
func IndexFunc(s string, f func(rune) bool) int { return indexFunc(s, f, true) }

func indexFunc(s string, f func(rune) bool, truth bool) int {
	for i, c := range s {
		if f(c) == truth {
			return i
		}
	}
	return -1
}

// LastIndex returns the position of the last substr in s, or -1.
func LastIndex(s, substr string) int {
	n := len(substr)
	if n == 0 {
		return len(s)
	}
	end := len(s) - n + 1 // first bytes of candidates lie in s[:end]
	for end > 0 {
		i := bytealg.LastIndexByte(s[:end], substr[0])
		if i < 0 {
			break
		}
		if s[i:i+n] == substr {
			return i
		}
		end = i
	}
	return -1
}

// LastIndexByte returns the position of the last c in s, or -1.
func LastIndexByte(s string, c byte) int { return bytealg.LastIndexByte(s, c) }

// LastIndexAny returns the position of the last rune of s that is in chars, or
// -1.
func LastIndexAny(s, chars string) int {
	if chars == "" {
		return -1
	}
	set, ok := asciiSet(chars)
	for i := len(s); i > 0; {
		if ok {
			i--
			if set.has(s[i]) {
				return i
			}
			continue
		}
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if IndexRune(chars, r) >= 0 {
			return i
		}
	}
	return -1
}

// LastIndexFunc returns the position of the last rune of s for which f is true,
// or -1.
func LastIndexFunc(s string, f func(rune) bool) int { return lastIndexFunc(s, f, true) }

func lastIndexFunc(s string, f func(rune) bool, truth bool) int {
	for i := len(s); i > 0; {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if f(r) == truth {
			return i
		}
	}
	return -1
}

// Contains tells whether substr is in s.
func Contains(s, substr string) bool { return Index(s, substr) >= 0 }

// ContainsAny tells whether a rune of chars is in s.
func ContainsAny(s, chars string) bool { return IndexAny(s, chars) >= 0 }

// ContainsRune tells whether r is in s.
func ContainsRune(s string, r rune) bool { return IndexRune(s, r) >= 0 }

// ContainsFunc tells whether f is true for a rune of s.
func ContainsFunc(s string, f func(rune) bool) bool { return IndexFunc(s, f) >= 0 }

// HasPrefix tells whether s begins with prefix.
func HasPrefix(s, prefix string) bool {
	return len(s) >= len(prefix) && s[:len(prefix)] == prefix
}

// HasSuffix tells whether s ends with suffix.
func HasSuffix(s, suffix string) bool {
	return len(s) >= len(suffix) && s[len(s)-len(suffix):] == suffix
}

// Count returns how often substr is in s, not overlapping; the empty string is
// before and behind each rune.
func Count(s, substr string) int {
	switch len(substr) {
	case 0:
		return utf8.RuneCountInString(s) + 1
	case 1:
		return bytealg.CountByte(s, substr[0])
	}
	n := 0
	for {
		i := bytealg.Index(s, substr)
		if i < 0 {
			return n
		}
		n++
		s = s[i+len(substr):]
	}
}

// Cut returns what is before and behind the first sep; if there is none, s, ""
// and false.
func Cut(s, sep string) (before, after string, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// CutPrefix returns s without prefix, and whether it had it.
func CutPrefix(s, prefix string) (after string, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix, and whether it had it.
func CutSuffix(s, suffix string) (before string, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}
