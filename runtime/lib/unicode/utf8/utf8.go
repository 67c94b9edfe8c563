// Package utf8 encodes and decodes the UTF-8 form of text.
package utf8

// Limits and special runes.
const (
	RuneError = '\uFFFD'     // stands for bytes that are not UTF-8
	RuneSelf  = 0x80         // smaller runes are one byte, themselves
	MaxRune   = '\U0010FFFF' // the last code point
	UTFMax    = 4            // bytes of the longest encoding
)

const (
	surrogateMin = 0xD800
	surrogateMax = 0xDFFF
)

// leading describes a first byte: how long its sequence is (0: none starts
// so) and what the second byte may be.
func leading(c byte) (n int, lo, hi byte) {
	switch {
	case c < 0xC2:
		return 0, 0, 0
	case c < 0xE0:
		return 2, 0x80, 0xBF
	case c == 0xE0:
		return 3, 0xA0, 0xBF
	case c == 0xED:
		return 3, 0x80, 0x9F
	case c < 0xF0:
		return 3, 0x80, 0xBF
	case c == 0xF0:
		return 4, 0x90, 0xBF
	case c < 0xF4:
		return 4, 0x80, 0xBF
	case c == 0xF4:
		return 4, 0x80, 0x8F
	}
	return 0, 0, 0
}

// DecodeRune returns the first rune of p and its length in bytes: (RuneError,
// 0) if p is empty, (RuneError, 1) if it does not begin with valid UTF-8.
func DecodeRune(p []byte) (rune, int) {
	if len(p) == 0 {
		return RuneError, 0
	}
	c := p[0]
	if c < RuneSelf {
		return rune(c), 1
	}
	n, lo, hi := leading(c)
	if n == 0 || len(p) < n || p[1] < lo || p[1] > hi {
		return RuneError, 1
	}
	if n == 2 {
		return rune(c&0x1F)<<6 | rune(p[1]&0x3F), 2
	}
	if p[2]&0xC0 != 0x80 {
		return RuneError, 1
	}
	if n == 3 {
		return rune(c&0x0F)<<12 | rune(p[1]&0x3F)<<6 | rune(p[2]&0x3F), 3
	}
	if p[3]&0xC0 != 0x80 {
		return RuneError, 1
	}
	return rune(c&0x07)<<18 | rune(p[1]&0x3F)<<12 | rune(p[2]&0x3F)<<6 | rune(p[3]&0x3F), 4
}

// DecodeRuneInString is DecodeRune for a string.
func DecodeRuneInString(s string) (rune, int) {
	if len(s) == 0 {
		return RuneError, 0
	}
	c := s[0]
	if c < RuneSelf {
		return rune(c), 1
	}
	n, lo, hi := leading(c)
	if n == 0 || len(s) < n || s[1] < lo || s[1] > hi {
		return RuneError, 1
	}
	if n == 2 {
		return rune(c&0x1F)<<6 | rune(s[1]&0x3F), 2
	}
	if s[2]&0xC0 != 0x80 {
		return RuneError, 1
	}
	if n == 3 {
		return rune(c&0x0F)<<12 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), 3
	}
	if s[3]&0xC0 != 0x80 {
		return RuneError, 1
	}
	return rune(c&0x07)<<18 | rune(s[1]&0x3F)<<12 | rune(s[2]&0x3F)<<6 | rune(s[3]&0x3F), 4
}

// DecodeLastRune returns the last rune of p and its length in bytes: (RuneError,
// 0) if p is empty, (RuneError, 1) if it does not end with valid UTF-8.
func DecodeLastRune(p []byte) (rune, int) {
	end := len(p)
	if end == 0 {
		return RuneError, 0
	}
	if p[end-1] < RuneSelf {
		return rune(p[end-1]), 1
	}
	for n := 2; n <= UTFMax && n <= end; n++ {
		if RuneStart(p[end-n]) {
			if r, size := DecodeRune(p[end-n:]); size == n {
				return r, n
			}
			break
		}
	}
	return RuneError, 1
}

// DecodeLastRuneInString is DecodeLastRune for a string.
func DecodeLastRuneInString(s string) (rune, int) {
	end := len(s)
	if end == 0 {
		return RuneError, 0
	}
	if s[end-1] < RuneSelf {
		return rune(s[end-1]), 1
	}
	for n := 2; n <= UTFMax && n <= end; n++ {
		if RuneStart(s[end-n]) {
			if r, size := DecodeRuneInString(s[end-n:]); size == n {
				return r, n
			}
			break
		}
	}
	return RuneError, 1
}

// FullRune reports whether p begins with a whole encoding: invalid bytes count
// as one, of RuneError.
func FullRune(p []byte) bool {
	if len(p) == 0 {
		return false
	}
	n, lo, hi := leading(p[0])
	if len(p) >= n || len(p) > 1 && (p[1] < lo || p[1] > hi) {
		return true
	}
	return len(p) > 2 && p[2]&0xC0 != 0x80
}

// FullRuneInString is FullRune for a string.
func FullRuneInString(s string) bool {
	if len(s) == 0 {
		return false
	}
	n, lo, hi := leading(s[0])
	if len(s) >= n || len(s) > 1 && (s[1] < lo || s[1] > hi) {
		return true
	}
	return len(s) > 2 && s[2]&0xC0 != 0x80
}

// RuneLen returns how many bytes the encoding of r takes, -1 if it has none.
func RuneLen(r rune) int {
	switch {
	case r < 0:
		return -1
	case r < 0x80:
		return 1
	case r < 0x800:
		return 2
	case surrogateMin <= r && r <= surrogateMax:
		return -1
	case r < 0x10000:
		return 3
	case r <= MaxRune:
		return 4
	}
	return -1
}

// EncodeRune writes the encoding of r (of RuneError, if r has none) to p, which
// must be long enough, and returns its length.
func EncodeRune(p []byte, r rune) int {
	n := RuneLen(r)
	if n < 0 {
		r, n = RuneError, 3
	}
	switch n {
	case 1:
		p[0] = byte(r)
	case 2:
		_ = p[1]
		p[0] = 0xC0 | byte(r>>6)
		p[1] = 0x80 | byte(r)&0x3F
	case 3:
		_ = p[2]
		p[0] = 0xE0 | byte(r>>12)
		p[1] = 0x80 | byte(r>>6)&0x3F
		p[2] = 0x80 | byte(r)&0x3F
	case 4:
		_ = p[3]
		p[0] = 0xF0 | byte(r>>18)
		p[1] = 0x80 | byte(r>>12)&0x3F
		p[2] = 0x80 | byte(r>>6)&0x3F
		p[3] = 0x80 | byte(r)&0x3F
	}
	return n
}

// AppendRune appends the encoding of r to p.
func AppendRune(p []byte, r rune) []byte {
	if uint32(r) < RuneSelf {
		return append(p, byte(r))
	}
	switch RuneLen(r) {
	case 2:
		return append(p, 0xC0|byte(r>>6), 0x80|byte(r)&0x3F)
	case 3:
		return append(p, 0xE0|byte(r>>12), 0x80|byte(r>>6)&0x3F, 0x80|byte(r)&0x3F)
	case 4:
		return append(p, 0xF0|byte(r>>18), 0x80|byte(r>>12)&0x3F, 0x80|byte(r>>6)&0x3F,
			0x80|byte(r)&0x3F)
	}
	return append(p, 0xEF, 0xBF, 0xBD)
}

// RuneCount returns how many runes p has; each invalid byte counts as one.
func RuneCount(p []byte) int {
	count := 0
	for i := 0; i < len(p); count++ {
		if p[i] < RuneSelf {
			i++
			continue
		}
		_, size := DecodeRune(p[i:])
		i += size
	}
	return count
}

// RuneCountInString is RuneCount for a string.
func RuneCountInString(s string) int {
	count := 0
	for range s {
		count++
	}
	return count
}

// RuneStart reports whether b can be the first byte of a rune.
func RuneStart(b byte) bool { return b&0xC0 != 0x80 }

// Valid reports whether p is all valid UTF-8.
func Valid(p []byte) bool {
	for i := 0; i < len(p); {
		if p[i] < RuneSelf {
			i++
			continue
		}
		_, size := DecodeRune(p[i:])
		if size == 1 {
			return false
		}
		i += size
	}
	return true
}

// ValidString reports whether s is all valid UTF-8.
func ValidString(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < RuneSelf {
			i++
			continue
		}
		_, size := DecodeRuneInString(s[i:])
		if size == 1 {
			return false
		}
		i += size
	}
	return true
}

// ValidRune reports whether r can be encoded.
func ValidRune(r rune) bool { return RuneLen(r) > 0 }
