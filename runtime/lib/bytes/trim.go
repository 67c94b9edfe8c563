package bytes

import (
	"strings"
	"unicode"
)

// cutLeft returns the tail of s that is as long as what was left of it, and nil
// for nothing.
func cutLeft(s []byte, left string) []byte {
	if left == "" {
		return nil
	}
	return s[len(s)-len(left):]
}

// Trim returns s without the runes of cutset at both ends.
func Trim(s []byte, cutset string) []byte {
	if len(s) == 0 {
		return nil
	}
	if cutset == "" {
		return s
	}
	return TrimRight(TrimLeft(s, cutset), cutset)
}

// TrimLeft returns s without the runes of cutset at its start; nil if nothing
// is left.
func TrimLeft(s []byte, cutset string) []byte {
	return cutLeft(s, strings.TrimLeft(view(s), cutset))
}

// TrimRight returns s without the runes of cutset at its end.
func TrimRight(s []byte, cutset string) []byte {
	return s[:len(strings.TrimRight(view(s), cutset))]
}

// TrimFunc returns s without the runes for which f is true at both ends.
func TrimFunc(s []byte, f func(r rune) bool) []byte {
	return TrimRightFunc(TrimLeftFunc(s, f), f)
}

// TrimLeftFunc returns s without the runes for which f is true at its start; nil
// if nothing is left.
func TrimLeftFunc(s []byte, f func(r rune) bool) []byte {
	return cutLeft(s, strings.TrimLeftFunc(view(s), f))
}

// TrimRightFunc returns s without the runes for which f is true at its end.
func TrimRightFunc(s []byte, f func(r rune) bool) []byte {
	return s[:len(strings.TrimRightFunc(view(s), f))]
}

// TrimSpace returns s without white space at both ends; nil if nothing is left.
func TrimSpace(s []byte) []byte {
	right := s[:len(strings.TrimRightFunc(view(s), unicode.IsSpace))]
	return cutLeft(right, strings.TrimSpace(view(right)))
}

// TrimPrefix returns s without prefix if it has it.
func TrimPrefix(s, prefix []byte) []byte {
	if HasPrefix(s, prefix) {
		return s[len(prefix):]
	}
	return s
}

// TrimSuffix returns s without suffix if it has it.
func TrimSuffix(s, suffix []byte) []byte {
	if HasSuffix(s, suffix) {
		return s[:len(s)-len(suffix)]
	}
	return s
}
