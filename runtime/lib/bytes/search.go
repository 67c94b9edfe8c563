// Package bytes works on slices of bytes as package strings does on strings.
//
// Whatever only reads is done by package strings on a view of the bytes as a
// string, without a copy. Files: search.go (where is it), split.go (parts, and
// joined again), trim.go (off the ends), mapping.go (rune by rune), buffer.go,
// reader.go.
package bytes

import (
	"internal/bytealg"
	"strings"
	"unsafe"
)

// MinRead is how much room Buffer.ReadFrom makes for each Read at least.
const MinRead = 512

func view(b []byte) string { return bytealg.View(b) }

// owned returns the bytes of a string that nobody else has.
func owned(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

// Equal tells whether a and b hold the same bytes; nil is an empty slice.
func Equal(a, b []byte) bool { return view(a) == view(b) }

// Compare returns -1, 0 or 1 as a is less than, equal to or greater than b.
func Compare(a, b []byte) int { return bytealg.Compare(view(a), view(b)) }

// Clone returns a copy of b; nil for nil.
func Clone(b []byte) []byte {
	if b == nil {
		return nil
	}
	return append([]byte{}, b...)
}

// Index returns the position of the first sep in s, or -1.
func Index(s, sep []byte) int { return bytealg.Index(view(s), view(sep)) }

// IndexByte returns the position of the first c in b, or -1.
func IndexByte(b []byte, c byte) int { return bytealg.IndexByte(view(b), c) }

// IndexRune returns the position of the first r in s, or -1. For RuneError that
// is the first byte that is not UTF-8, too.
func IndexRune(s []byte, r rune) int { return strings.IndexRune(view(s), r) }

// IndexAny returns the position of the first rune of s that is in chars, or -1.
func IndexAny(s []byte, chars string) int { return strings.IndexAny(view(s), chars) }

// IndexFunc returns the position of the first rune of s for which f is true, or
// -1.
func IndexFunc(s []byte, f func(r rune) bool) int { return strings.IndexFunc(view(s), f) }

// LastIndex returns the position of the last sep in s, or -1.
func LastIndex(s, sep []byte) int { return strings.LastIndex(view(s), view(sep)) }

// LastIndexByte returns the position of the last c in s, or -1.
func LastIndexByte(s []byte, c byte) int { return bytealg.LastIndexByte(view(s), c) }

// LastIndexAny returns the position of the last rune of s that is in chars, or
// -1.
func LastIndexAny(s []byte, chars string) int { return strings.LastIndexAny(view(s), chars) }

// LastIndexFunc returns the position of the last rune of s for which f is true,
// or -1.
func LastIndexFunc(s []byte, f func(r rune) bool) int {
	return strings.LastIndexFunc(view(s), f)
}

// Contains tells whether subslice is in b.
func Contains(b, subslice []byte) bool { return Index(b, subslice) >= 0 }

// ContainsAny tells whether a rune of chars is in b.
func ContainsAny(b []byte, chars string) bool { return IndexAny(b, chars) >= 0 }

// ContainsRune tells whether r is in b.
func ContainsRune(b []byte, r rune) bool { return IndexRune(b, r) >= 0 }

// ContainsFunc tells whether f is true for a rune of b.
func ContainsFunc(b []byte, f func(rune) bool) bool { return IndexFunc(b, f) >= 0 }

// HasPrefix tells whether s begins with prefix.
func HasPrefix(s, prefix []byte) bool { return strings.HasPrefix(view(s), view(prefix)) }

// HasSuffix tells whether s ends with suffix.
func HasSuffix(s, suffix []byte) bool { return strings.HasSuffix(view(s), view(suffix)) }

// Count returns how often sep is in s, not overlapping; the empty slice is
// before and behind each rune.
func Count(s, sep []byte) int { return strings.Count(view(s), view(sep)) }

// EqualFold tells whether s and t are the same but for case, by simple folding.
func EqualFold(s, t []byte) bool { return strings.EqualFold(view(s), view(t)) }

// Cut returns what is before and behind the first sep; if there is none, s, nil
// and false.
func Cut(s, sep []byte) (before, after []byte, found bool) {
	if i := Index(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, nil, false
}

// CutPrefix returns s without prefix, and whether it had it.
func CutPrefix(s, prefix []byte) (after []byte, found bool) {
	if !HasPrefix(s, prefix) {
		return s, false
	}
	return s[len(prefix):], true
}

// CutSuffix returns s without suffix, and whether it had it.
func CutSuffix(s, suffix []byte) (before []byte, found bool) {
	if !HasSuffix(s, suffix) {
		return s, false
	}
	return s[:len(s)-len(suffix)], true
}
