// Package bytealg holds the inner loops of package strings and bytes: searches
// over plain bytes that are in C (runtime/lang/link_bytealg.c), because libc's
// are vectorised.
//
// A C function cannot be stopped while it runs, so the exported functions give
// it at most a chunk at a time; the loop around it is where a stop is served.
package bytealg

import "unsafe"

// The bytes that one call of C looks at: some twenty microseconds of work.
const chunk = 1 << 18

func indexByte(s string, c byte) int
func lastIndexByte(s string, c byte) int
func countByte(s string, c byte) int
func compare(a, b string) int

// index searches s for sep, 2 <= len(sep), starting at from; it returns the
// position or -1-next, where next is where to go on.
func index(s, sep string, from int) int

// View returns the bytes of b as a string without a copy. It must not outlive
// the next change of b.
func View(b []byte) string {
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// IndexByte returns the position of the first c in s, or -1.
func IndexByte(s string, c byte) int {
	if len(s) <= chunk {
		return indexByte(s, c)
	}
	for at := 0; at < len(s); at += chunk {
		if i := indexByte(s[at:min(at+chunk, len(s))], c); i >= 0 {
			return at + i
		}
	}
	return -1
}

// LastIndexByte returns the position of the last c in s, or -1.
func LastIndexByte(s string, c byte) int {
	for end := len(s); end > 0; end -= chunk {
		at := max(end-chunk, 0)
		if i := lastIndexByte(s[at:end], c); i >= 0 {
			return at + i
		}
	}
	return -1
}

// CountByte returns how many bytes of s are c.
func CountByte(s string, c byte) int {
	n := 0
	for len(s) > chunk {
		n += countByte(s[:chunk], c)
		s = s[chunk:]
	}
	return n + countByte(s, c)
}

// Index returns the position of the first sep in s, or -1.
func Index(s, sep string) int {
	switch {
	case len(sep) == 0:
		return 0
	case len(sep) == 1:
		return IndexByte(s, sep[0])
	case len(sep) > len(s):
		return -1
	}
	from := 0
	for {
		i := index(s, sep, from)
		if i >= 0 {
			return i
		}
		from = -1 - i
		if from > len(s)-len(sep) {
			return -1
		}
	}
}

// Compare orders a and b by their bytes: -1, 0 or 1.
func Compare(a, b string) int {
	n := min(len(a), len(b))
	for at := 0; at < n; at += chunk {
		end := min(at+chunk, n)
		if c := compare(a[at:end], b[at:end]); c != 0 {
			return c
		}
	}
	if len(a) != len(b) {
		if len(a) < len(b) {
			return -1
		}
		return 1
	}
	return 0
}
