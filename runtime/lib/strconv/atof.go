package strconv

import (
	"math"
	"math/bits"
)

// Reading floating-point numbers:
//  1. at most 2**53 times or by 10**22: one exact multiplication or division;
//  2. else 19 digits times a 128-bit power, if the error cannot change the
//     rounding (it can once in some 10**15 random inputs);
//  3. else long integers: find the two neighbours and compare with the middle.

// A floatFormat is float32 or float64: value = mantissa * 2**exponent, where
// mantissa has mantBits+1 bits and exponent >= minExp.
type floatFormat struct {
	mantBits uint
	minExp   int
	maxExp   int // exponent of infinity
}

var (
	format64 = floatFormat{52, -1074, 972}
	format32 = floatFormat{23, -149, 105}
)

// maxDigits is how many digits can matter: the middle of two float64 has at
// most 767.
const maxDigits = 800

// A number is what a decimal or hexadecimal text says: mant * base**exp, where
// if truncated mant is only the first digits.
type number struct {
	mant      uint64
	exp       int
	neg       bool
	hex       bool
	truncated bool
	digits    string // from the first digit that is not 0 on, with its point
	tail      int    // length of the text read
}

// ParseFloat reads a decimal or hexadecimal floating-point number, inf,
// infinity or nan (any case), rounded to bitSize (32 or 64) bits.  A number
// too large gives an infinity and ErrRange.
func ParseFloat(s string, bitSize int) (float64, error) {
	if f, n := parseSpecial(s); n == len(s) && n > 0 {
		return f, nil
	}
	var num number
	if !num.read(s) || num.tail != len(s) {
		return 0, syntaxError("ParseFloat", s)
	}
	f, ok := num.value(bitSize)
	if !ok {
		return f, rangeError("ParseFloat", s)
	}
	return f, nil
}

// parseSpecial reads an infinity or nan; n is 0 if s is neither.
func parseSpecial(s string) (f float64, n int) {
	sign := 1
	rest := s
	if rest != "" && (rest[0] == '+' || rest[0] == '-') {
		if rest[0] == '-' {
			sign = -1
		}
		rest = rest[1:]
	}
	if equalFold(rest, "inf") || equalFold(rest, "infinity") {
		return math.Inf(sign), len(s)
	}
	if equalFold(s, "nan") {
		return math.NaN(), len(s)
	}
	return 0, 0
}

// equalFold compares s, in any case, with a lower case word.
func equalFold(s, word string) bool {
	if len(s) != len(word) {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i]|0x20 != word[i] {
			return false
		}
	}
	return true
}

// read takes the longest number at the start of s apart.
func (num *number) read(s string) bool {
	i := 0
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		num.neg = s[i] == '-'
		i++
	}
	base, keep := uint64(10), 19
	if i+2 < len(s) && s[i] == '0' && s[i+1]|0x20 == 'x' {
		num.hex = true
		base, keep = 16, 16
		i += 2
	}
	underscores, sawDigit, sawPoint := false, false, false
	nd, first := 0, -1
	point := 0 // digits after the point, less those dropped
loop:
	for ; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '_':
			underscores = true
			continue
		case c == '.':
			if sawPoint {
				break loop
			}
			sawPoint = true
			continue
		case uint64(digitOf(c)) >= base:
			break loop
		}
		sawDigit = true
		d := uint64(digitOf(c))
		if sawPoint {
			point--
		}
		if d == 0 && nd == 0 {
			continue
		}
		if first < 0 {
			first = i
		}
		if nd < keep {
			num.mant = num.mant*base + d
			nd++
		} else {
			point++
			num.truncated = num.truncated || d != 0
		}
	}
	if !sawDigit {
		return false
	}
	if first >= 0 {
		num.digits = s[first:i]
	}
	num.exp = point
	if num.hex {
		num.exp = 4 * point
	}
	if !num.readExponent(s, &i, &underscores) {
		return false
	}
	num.tail = i
	return !underscores || underscoresOK(s[:i])
}

// readExponent reads the exponent at s[*at:], which a hexadecimal number must
// have.
func (num *number) readExponent(s string, at *int, underscores *bool) bool {
	i := *at
	mark := byte('e')
	if num.hex {
		mark = 'p'
	}
	if i >= len(s) || s[i]|0x20 != mark {
		return !num.hex
	}
	i++
	neg := false
	if i < len(s) && (s[i] == '+' || s[i] == '-') {
		neg = s[i] == '-'
		i++
	}
	if i >= len(s) || s[i] < '0' || s[i] > '9' {
		return false
	}
	e := 0
	for ; i < len(s) && ('0' <= s[i] && s[i] <= '9' || s[i] == '_'); i++ {
		if s[i] == '_' {
			*underscores = true
		} else if e < 10000 {
			e = e*10 + int(s[i]-'0')
		}
	}
	if neg {
		e = -e
	}
	num.exp += e
	*at = i
	return true
}

// value rounds the number; ok is false if it is too large.
func (num *number) value(bitSize int) (f float64, ok bool) {
	format := &format64
	if bitSize == 32 {
		format = &format32
	}
	if num.mant == 0 {
		return signed(0, num.neg), true
	}
	if num.hex {
		mant := num.mant
		shift := bits.LeadingZeros64(mant)
		return format.assemble(num.neg, mant<<uint(shift), num.truncated, num.exp-shift)
	}
	if !num.truncated && num.mant>>53 == 0 && bitSize != 32 {
		if 0 <= num.exp && num.exp <= 22 {
			return signed(float64(num.mant)*float64(pow10float[num.exp]), num.neg), true
		}
		if -22 <= num.exp && num.exp < 0 {
			return signed(float64(num.mant)/float64(pow10float[-num.exp]), num.neg), true
		}
	}
	if f, ok, sure := num.multiply(format); sure {
		return f, ok
	}
	return num.compare(format)
}

var pow10float = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
	1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

func signed(f float64, neg bool) float64 {
	if neg {
		return -f
	}
	return f
}

// assemble rounds top * 2**exp, where top's highest bit is set and more says
// that the number is a little larger, to the format.
func (format *floatFormat) assemble(neg bool, top uint64, more bool, exp int) (f float64, ok bool) {
	drop := int(63 - format.mantBits)
	if exp+drop < format.minExp {
		drop = format.minExp - exp
	}
	var mant uint64
	if drop <= 64 {
		mant = top >> uint(drop)
		rest := top << uint(64-drop)
		if rest > 1<<63 || rest == 1<<63 && (more || mant&1 == 1) {
			mant++
		}
	}
	exp += drop
	if mant == 0 {
		return signed(0, neg), true
	}
	if mant>>(format.mantBits+1) != 0 {
		mant >>= 1
		exp++
	}
	if exp >= format.maxExp {
		if neg {
			return math.Inf(-1), false
		}
		return math.Inf(1), false
	}
	return signed(fromParts(mant, exp), neg), true
}

// fromParts returns mant * 2**exp, which is a float64.
func fromParts(mant uint64, exp int) float64 {
	shift := bits.LeadingZeros64(mant) - 11
	if exp-shift < -1074 {
		shift = exp + 1074 // stays denormal
		return math.Float64frombits(mant << uint(shift))
	}
	mant <<= uint(shift)
	return math.Float64frombits(uint64(exp-shift+1075)<<52 | mant&(1<<52-1))
}

// multiply rounds by way of a 128-bit power; sure is false if that is not
// certain to be right.
func (num *number) multiply(format *floatFormat) (f float64, ok, sure bool) {
	if num.exp > lastPower {
		if num.neg {
			return math.Inf(-1), false, true
		}
		return math.Inf(1), false, true
	}
	if num.exp < firstPower-20 {
		return signed(0, num.neg), true, true
	}
	if num.exp < firstPower {
		return 0, false, false
	}
	shift := bits.LeadingZeros64(num.mant)
	mant := num.mant << uint(shift)
	hi, lo := power(num.exp)
	p2, p1 := bits.Mul64(mant, hi)
	x1, p0 := bits.Mul64(mant, lo)
	p1, carry := bits.Add64(p1, x1, 0)
	p2 += carry
	// The number is at least (p2, p1, p0), and less than that plus slack * 2**64.
	exact := 0 <= num.exp && num.exp <= 55 && !num.truncated
	slack := uint64(2)
	exp := floorLog2Pow10(num.exp) - 127 - shift + 128
	if num.truncated {
		// One more in mant is as much as a power, less than 2**64 units.
		return num.multiplyTruncated(format, p2, p1, hi, exp, shift)
	}
	if p2>>63 == 0 {
		p2 = p2<<1 | p1>>63
		p1 = p1<<1 | p0>>63
		p0 <<= 1
		slack = 4
		exp--
	}
	if exact {
		f, ok = format.assemble(num.neg, p2, p1|p0 != 0, exp)
		return f, ok, true
	}
	if p1 >= -slack {
		// The carry may reach p2: both ends must round alike.
		f, ok = format.assemble(num.neg, p2, true, exp)
		if p2+1 == 0 {
			return f, ok, false
		}
		g, _ := format.assemble(num.neg, p2+1, true, exp)
		h, _ := format.assemble(num.neg, p2+1, false, exp)
		return f, ok, f == g && g == h
	}
	f, ok = format.assemble(num.neg, p2, true, exp)
	return f, ok, true
}

// multiplyTruncated is multiply for a number of more than 19 digits: between
// num.mant and num.mant+1 times the power.
func (num *number) multiplyTruncated(format *floatFormat, p2, p1, power uint64,
	exp, shift int) (f float64, ok, sure bool) {
	q1, carry := bits.Add64(p1, power<<uint(shift), 0)
	q2 := p2 + carry
	if shift > 0 {
		q2 += power >> uint(64-shift)
	}
	if q1 >= 1<<64-4 {
		q2++ // the errors of both
	}
	if q2>>63 != p2>>63 {
		return 0, false, false
	}
	if p2>>63 == 0 {
		p2, q2 = p2<<1, q2<<1|1
		exp--
	}
	f, ok = format.assemble(num.neg, p2, true, exp)
	g, gok := format.assemble(num.neg, q2, true, exp)
	return f, ok, f == g && ok == gok
}
