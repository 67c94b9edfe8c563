package strings

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
)

// Split returns the parts of s between the seps; with an empty sep, its runes.
func Split(s, sep string) []string { return split(s, sep, 0, -1) }

// SplitAfter is Split where each part keeps the sep behind it.
func SplitAfter(s, sep string) []string { return split(s, sep, len(sep), -1) }

// SplitN is Split into at most n parts, the last being the rest; n < 0 is no
// limit, and 0 gives nil.
func SplitN(s, sep string, n int) []string { return split(s, sep, 0, n) }

// SplitAfterN is SplitN where each part keeps the sep behind it.
func SplitAfterN(s, sep string, n int) []string { return split(s, sep, len(sep), n) }

// split cuts s; keep is how much of sep stays with the part before it.
func split(s, sep string, keep, n int) []string {
	if n == 0 {
		return nil
	}
	if sep == "" {
		return explode(s, n)
	}
	if n < 0 {
		n = Count(s, sep) + 1
	}
	if n > len(s)+1 {
		n = len(s) + 1
	}
	parts := make([]string, 0, n)
	for len(parts) < n-1 {
		i := bytealg.Index(s, sep)
		if i < 0 {
			break
		}
		parts = append(parts, s[:i+keep])
		s = s[i+len(sep):]
	}
	return append(parts, s)
}

// explode cuts s into at most n runes, n < 0 meaning all.
func explode(s string, n int) []string {
	count := utf8.RuneCountInString(s)
	if n < 0 || n > count {
		n = count
	}
	parts := make([]string, 0, n)
	for len(parts) < n-1 {
		_, size := utf8.DecodeRuneInString(s)
		parts = append(parts, s[:size])
		s = s[size:]
	}
	if n > 0 {
		parts = append(parts, s)
	}
	return parts
}

// asciiSpace has a bit for each white space character below 64.
const asciiSpace = 1<<'\t' | 1<<'\n' | 1<<'\v' | 1<<'\f' | 1<<'\r' | 1<<' '

func isASCIISpace(c byte) bool { return c < 64 && uint64(asciiSpace)>>c&1 != 0 }

// Fields returns the parts of s between runs of white space; none is empty.
func Fields(s string) []string {
	n, in := 0, false
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return FieldsFunc(s, unicode.IsSpace)
		}
		space := isASCIISpace(s[i])
		if in == space {
			in = !space
			if in {
				n++
			}
		}
	}
	parts := make([]string, 0, n)
	start := -1
	for i := 0; i < len(s); i++ {
		if isASCIISpace(s[i]) {
			if start >= 0 {
				parts = append(parts, s[start:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		parts = append(parts, s[start:])
	}
	return parts
}

// FieldsFunc returns the parts of s between runs of runes for which f is true.
func FieldsFunc(s string, f func(rune) bool) []string {
	parts := []string{}
	start := -1
	for i, c := range s {
		if f(c) {
			if start >= 0 {
				parts = append(parts, s[start:i])
				start = -1
			}
		} else if start < 0 {
			start = i
		}
	}
	if start >= 0 {
		parts = append(parts, s[start:])
	}
	return parts
}

// Join returns the parts with sep between them.
func Join(elems []string, sep string) string {
	switch len(elems) {
	case 0:
		return ""
	case 1:
		return elems[0]
	case 2:
		return elems[0] + sep + elems[1]
	}
	const most = int(^uint(0) >> 1)
	n := 0
	if len(sep) > 0 {
		if len(sep) >= most/(len(elems)-1) {
			panic("strings: Join output length overflow")
		}
		n = len(sep) * (len(elems) - 1)
	}
	for _, e := range elems {
		if len(e) > most-n {
			panic("strings: Join output length overflow")
		}
		n += len(e)
	}
	b := make([]byte, 0, n)
	for i, e := range elems {
		if i > 0 {
			b = append(b, sep...)
		}
		b = append(b, e...)
	}
	return bytealg.View(b)
}

// Repeat returns s count times over. It panics if count is negative or the
// result too long.
func Repeat(s string, count int) string {
	if count < 0 {
		panic("strings: negative Repeat count")
	}
	if count == 0 || len(s) == 0 {
		return ""
	}
	if count == 1 {
		return s
	}
	if count > int(^uint(0)>>1)/len(s) {
		panic("strings: Repeat output length overflow")
	}
	b := make([]byte, len(s)*count)
	// What is filled is copied behind itself, doubling; large pieces no
	// larger than a cache takes.
	n := copy(b, s)
	for n < len(b) {
		piece := n
		if limit := 8 * 1024; piece > limit && len(s) < limit {
			piece = limit / len(s) * len(s)
		}
		n += copy(b[n:], b[:piece])
	}
	return bytealg.View(b)
}

// Replace returns s with the first n olds replaced by new; n < 0 means all. An
// empty old is before and behind each rune.
func Replace(s, old, new string, n int) string {
	if old == new || n == 0 {
		return s
	}
	if m := Count(s, old); m == 0 {
		return s
	} else if n < 0 || m < n {
		n = m
	}
	b := make([]byte, 0, len(s)+n*(len(new)-len(old)))
	for i := 0; i < n; i++ {
		at := 0
		if old == "" {
			if i > 0 {
				_, at = utf8.DecodeRuneInString(s)
			}
		} else {
			at = bytealg.Index(s, old)
		}
		b = append(b, s[:at]...)
		b = append(b, new...)
		s = s[at+len(old):]
	}
	b = append(b, s...)
	return bytealg.View(b)
}

// ReplaceAll returns s with each old replaced by new.
func ReplaceAll(s, old, new string) string { return Replace(s, old, new, -1) }
