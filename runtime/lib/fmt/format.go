package fmt

import (
	"strconv"
	"unicode/utf8"
)

// A format is the output so far and the flags of the verb at hand.
type format struct {
	buf []byte

	width, prec       int
	hasWidth, hasPrec bool
	minus, plus       bool
	sharp, space      bool
	zero              bool
	// + and # of %v, which stand for other things than + and # elsewhere.
	plusV, sharpV bool
}

// clear resets the flags.
func (f *format) clear() {
	f.width, f.prec = 0, 0
	f.hasWidth, f.hasPrec = false, false
	f.minus, f.plus = false, false
	f.sharp, f.space = false, false
	f.zero = false
	f.plusV, f.sharpV = false, false
}

func (f *format) writeByte(c byte) { f.buf = append(f.buf, c) }

func (f *format) writeString(s string) { f.buf = append(f.buf, s...) }

// fill writes n characters of padding.
func (f *format) fill(n int) {
	c := byte(' ')
	if f.zero && !f.minus {
		c = '0'
	}
	for ; n > 0; n-- {
		f.buf = append(f.buf, c)
	}
}

// pad writes b, padded to the width.
func (f *format) pad(b []byte) {
	if !f.hasWidth || f.width == 0 {
		f.buf = append(f.buf, b...)
		return
	}
	n := f.width - utf8.RuneCount(b)
	if f.minus {
		f.buf = append(f.buf, b...)
		f.fill(n)
	} else {
		f.fill(n)
		f.buf = append(f.buf, b...)
	}
}

// padString writes s, padded to the width.
func (f *format) padString(s string) {
	if !f.hasWidth || f.width == 0 {
		f.buf = append(f.buf, s...)
		return
	}
	n := f.width - utf8.RuneCountInString(s)
	if f.minus {
		f.buf = append(f.buf, s...)
		f.fill(n)
	} else {
		f.fill(n)
		f.buf = append(f.buf, s...)
	}
}

// padSpaces is pad, with spaces whatever the flags.
func (f *format) padSpaces(b []byte) {
	zero := f.zero
	f.zero = false
	f.pad(b)
	f.zero = zero
}

func (f *format) boolean(v bool) {
	if v {
		f.padString("true")
	} else {
		f.padString("false")
	}
}

const (
	lowerHex = "0123456789abcdef"
	upperHex = "0123456789ABCDEF"
)

// integer writes u, a signed number if signed, in base 2, 8, 10 or 16.
func (f *format) integer(u uint64, base int, signed bool, verb rune, upper bool) {
	if base == 10 && !f.hasWidth && !f.hasPrec && !f.plus && !f.space {
		if signed {
			f.buf = strconv.AppendInt(f.buf, int64(u), 10)
		} else {
			f.buf = strconv.AppendUint(f.buf, u, 10)
		}
		return
	}
	negative := signed && int64(u) < 0
	if negative {
		u = -u
	}
	digits := 0 // at least so many
	if f.hasPrec {
		digits = f.prec
		if digits == 0 && u == 0 {
			zero := f.zero
			f.zero = false
			f.fill(f.width)
			f.zero = zero
			return
		}
	} else if f.zero && !f.minus && f.hasWidth {
		digits = f.width
		if negative || f.plus || f.space {
			digits--
		}
	}
	var small [80]byte
	buf := small[:]
	if digits > 64 {
		buf = make([]byte, digits+16)
	}
	alphabet := lowerHex
	if upper {
		alphabet = upperHex
	}
	at := len(buf)
	if base == 10 {
		for u >= 10 {
			at--
			next := u / 10
			buf[at] = byte('0' + u - next*10)
			u = next
		}
	} else {
		shift := uint(1)
		if base == 8 {
			shift = 3
		} else if base == 16 {
			shift = 4
		}
		mask := uint64(base - 1)
		for u > mask {
			at--
			buf[at] = alphabet[u&mask]
			u >>= shift
		}
	}
	at--
	buf[at] = alphabet[u]
	for at > 0 && len(buf)-at < digits {
		at--
		buf[at] = '0'
	}
	at = f.integerPrefix(buf, at, base, verb, upper)
	if negative {
		at--
		buf[at] = '-'
	} else if f.plus {
		at--
		buf[at] = '+'
	} else if f.space {
		at--
		buf[at] = ' '
	}
	f.padSpaces(buf[at:])
}

// integerPrefix writes what # and the verb O ask for before buf[at:].
func (f *format) integerPrefix(buf []byte, at, base int, verb rune, upper bool) int {
	c := byte(0)
	if f.sharp {
		switch {
		case base == 2:
			c = 'b'
		case base == 8 && buf[at] != '0':
			at--
			buf[at] = '0'
		case base == 16 && upper:
			c = 'X'
		case base == 16:
			c = 'x'
		}
	}
	if verb == 'O' {
		c = 'o'
	}
	if c != 0 {
		at -= 2
		buf[at] = '0'
		buf[at+1] = c
	}
	return at
}

// hexWord writes u in base 16, with 0x if prefix.
func (f *format) hexWord(u uint64, prefix bool) {
	sharp := f.sharp
	f.sharp = prefix
	f.integer(u, 16, false, 'v', false)
	f.sharp = sharp
}

// toRune returns the rune that an integer is, RuneError if it is too large.
func toRune(u uint64) rune {
	if u > utf8.MaxRune {
		return utf8.RuneError
	}
	return rune(u)
}

// character writes u as the rune it is.
func (f *format) character(u uint64) {
	var buf [utf8.UTFMax]byte
	f.pad(utf8.AppendRune(buf[:0], toRune(u)))
}

// quotedCharacter writes u as a rune literal.
func (f *format) quotedCharacter(u uint64) {
	var buf [16]byte
	if f.plus {
		f.pad(strconv.AppendQuoteRuneToASCII(buf[:0], toRune(u)))
	} else {
		f.pad(strconv.AppendQuoteRune(buf[:0], toRune(u)))
	}
}

// unicode writes u as U+0078, with # as U+0078 'x'.
func (f *format) unicode(u uint64) {
	digits := 4
	if f.hasPrec && f.prec > 4 {
		digits = f.prec
	}
	n := 1
	for n < 16 && u>>uint(4*n) != 0 {
		n++
	}
	buf := make([]byte, 0, digits+24)
	buf = append(buf, 'U', '+')
	for i := n; i < digits; i++ {
		buf = append(buf, '0')
	}
	for n--; n >= 0; n-- {
		buf = append(buf, upperHex[u>>uint(4*n)&15])
	}
	if f.sharp && u <= utf8.MaxRune && strconv.IsPrint(rune(u)) {
		buf = append(buf, " '"...)
		buf = utf8.AppendRune(buf, rune(u))
		buf = append(buf, '\'')
	}
	f.padSpaces(buf)
}

// cut shortens s to the precision, in runes.
func (f *format) cut(s string) string {
	if !f.hasPrec {
		return s
	}
	n := f.prec
	for i := range s {
		n--
		if n < 0 {
			return s[:i]
		}
	}
	return s
}

// text writes s, cut and padded.
func (f *format) text(s string) { f.padString(f.cut(s)) }

// quoted writes s as a string literal.
func (f *format) quoted(s string) {
	s = f.cut(s)
	if f.sharp && strconv.CanBackquote(s) {
		f.padString("`" + s + "`")
		return
	}
	var buf [64]byte
	if f.plus {
		f.pad(strconv.AppendQuoteToASCII(buf[:0], s))
	} else {
		f.pad(strconv.AppendQuote(buf[:0], s))
	}
}

// hexText writes the bytes of s in base 16; the space flag separates them, #
// prefixes them.
func (f *format) hexText(s string, upper bool) {
	n := len(s)
	if f.hasPrec && f.prec < n {
		n = f.prec
	}
	if n <= 0 {
		if f.hasWidth {
			f.fill(f.width)
		}
		return
	}
	width := 2 * n
	if f.space {
		if f.sharp {
			width *= 2
		}
		width += n - 1
	} else if f.sharp {
		width += 2
	}
	if f.hasWidth && !f.minus {
		f.fill(f.width - width)
	}
	alphabet, x := lowerHex, byte('x')
	if upper {
		alphabet, x = upperHex, 'X'
	}
	for i := 0; i < n; i++ {
		if f.space && i > 0 {
			f.buf = append(f.buf, ' ')
		}
		if f.sharp && (f.space || i == 0) {
			f.buf = append(f.buf, '0', x)
		}
		f.buf = append(f.buf, alphabet[s[i]>>4], alphabet[s[i]&15])
	}
	if f.hasWidth && f.minus {
		f.fill(f.width - width)
	}
}

// float writes v, of 32 or 64 bits, in a format of strconv.
func (f *format) float(v float64, size int, verb byte, prec int) {
	if f.hasPrec {
		prec = f.prec
	}
	var buf [40]byte
	num := strconv.AppendFloat(buf[:1], v, verb, prec, size)
	// num[0] is to be the sign.
	if num[1] == '-' || num[1] == '+' {
		num = num[1:]
	} else {
		num[0] = '+'
	}
	if f.space && num[0] == '+' && !f.plus {
		num[0] = ' '
	}
	if num[1] == 'I' || num[1] == 'N' {
		if num[1] == 'N' && !f.space && !f.plus {
			num = num[1:]
		}
		f.padSpaces(num)
		return
	}
	if f.sharp && verb != 'b' {
		num = withPoint(num, verb, prec)
	}
	if !f.plus && num[0] == '+' {
		f.pad(num[1:])
		return
	}
	if f.zero && !f.minus && f.hasWidth && f.width > len(num) {
		f.buf = append(f.buf, num[0])
		f.fill(f.width - len(num))
		f.buf = append(f.buf, num[1:]...)
		return
	}
	f.pad(num)
}

// withPoint gives num a decimal point, and for the verb g the zeros at the end
// that make up the precision: what # asks for.
func withPoint(num []byte, verb byte, prec int) []byte {
	missing := 0 // digits
	switch verb {
	case 'g', 'G', 'x':
		missing = prec
		if missing < 0 {
			missing = 6
		}
	}
	hex := verb == 'x' || verb == 'X'
	end := len(num)
	point, significant := false, false
	for i := 1; i < len(num); i++ {
		c := num[i]
		if c == '.' {
			point = true
			continue
		}
		if c == 'p' || c == 'P' || !hex && (c == 'e' || c == 'E') {
			end = i
			break
		}
		if c != '0' {
			significant = true
		}
		if significant {
			missing--
		}
	}
	out := make([]byte, 0, len(num)+8)
	out = append(out, num[:end]...)
	if !point {
		if end == 2 && num[1] == '0' {
			missing--
		}
		out = append(out, '.')
	}
	for ; missing > 0; missing-- {
		out = append(out, '0')
	}
	return append(out, num[end:]...)
}
