package strings

import (
	"internal/bytealg"
	"unicode"
	"unicode/utf8"
)

// Map returns s with each rune replaced by mapping of it; a negative result
// drops the rune. A byte that is not UTF-8 is mapped as RuneError.
func Map(mapping func(rune) rune, s string) string {
	var b []byte
	done := 0 // b stands for s[:done]; nil while it is the same
	for i, c := range s {
		r := mapping(c)
		size := utf8.RuneLen(c)
		if c == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(s[i:])
		}
		if b == nil {
			if r == c && (c != utf8.RuneError || size > 1) {
				continue
			}
			b = make([]byte, 0, len(s)+utf8.UTFMax)
			b = append(b, s[:i]...)
		}
		if r >= 0 {
			b = utf8.AppendRune(b, r)
		}
		done = i + size
	}
	if b == nil {
		return s
	}
	b = append(b, s[done:]...)
	return bytealg.View(b)
}

// changeCase maps ASCII letters from..from+25 to the other case; ok is false if
// s holds anything but ASCII.
func changeCase(s string, from byte) (result string, ok bool) {
	change := false
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return "", false
		}
		change = change || s[i]-from < 26
	}
	if !change {
		return s, true
	}
	b := make([]byte, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c-from < 26 {
			c ^= 'a' - 'A'
		}
		b[i] = c
	}
	return bytealg.View(b), true
}

// ToUpper returns s in upper case.
func ToUpper(s string) string {
	if r, ok := changeCase(s, 'a'); ok {
		return r
	}
	return Map(unicode.ToUpper, s)
}

// ToLower returns s in lower case.
func ToLower(s string) string {
	if r, ok := changeCase(s, 'A'); ok {
		return r
	}
	return Map(unicode.ToLower, s)
}

// ToTitle returns s in title case, which is upper case but for a few digraphs.
func ToTitle(s string) string { return Map(unicode.ToTitle, s) }

// Title returns s with the first letter of each word in title case. It knows
// nothing of punctuation.
//
// Deprecated: words do not begin where it thinks.
func Title(s string) string {
	before := ' '
	return Map(func(r rune) rune {
		start := isSeparator(before)
		before = r
		if start {
			return unicode.ToTitle(r)
		}
		return r
	}, s)
}

// isSeparator tells whether r can stand between words.
func isSeparator(r rune) bool {
	switch {
	case r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		return false
	case r < utf8.RuneSelf:
		return true
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		return false
	}
	return unicode.IsSpace(r)
}

// ToValidUTF8 returns s with each run of bytes that are not UTF-8 replaced by
// replacement.
func ToValidUTF8(s, replacement string) string {
	if utf8.ValidString(s) {
		return s
	}
	b := make([]byte, 0, len(s)+len(replacement))
	bad := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			if !bad {
				b = append(b, replacement...)
			}
			bad = true
		} else {
			b = append(b, s[i:i+size]...)
			bad = false
		}
		i += size
	}
	return bytealg.View(b)
}

// EqualFold tells whether s and t are the same but for case, by simple folding.
func EqualFold(s, t string) bool {
	for len(s) > 0 && len(t) > 0 {
		a, b := rune(s[0]), rune(t[0])
		an, bn := 1, 1
		if a >= utf8.RuneSelf {
			a, an = utf8.DecodeRuneInString(s)
		}
		if b >= utf8.RuneSelf {
			b, bn = utf8.DecodeRuneInString(t)
		}
		s, t = s[an:], t[bn:]
		if a != b && !equalFoldRune(a, b) {
			return false
		}
	}
	return len(s) == len(t)
}

// equalFoldRune tells whether b is in the circle of a's case variants.
func equalFoldRune(a, b rune) bool {
	if a < utf8.RuneSelf && b < utf8.RuneSelf {
		return a^b == 'a'-'A' && uint32(a|('a'-'A'))-'a' < 26
	}
	for r := unicode.SimpleFold(a); r != a; r = unicode.SimpleFold(r) {
		if r == b {
			return true
		}
	}
	return false
}
