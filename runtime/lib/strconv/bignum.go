package strconv

import (
	"math"
	"math/bits"
)

// Natural numbers of any length, for the few inputs whose rounding nothing
// shorter decides.

// A natural is a number in base 2**32, least word first, the last not 0.
type natural []uint32

// mulAdd returns n*m + a.
func (n natural) mulAdd(m, a uint32) natural {
	carry := uint64(a)
	for i := range n {
		v := uint64(n[i])*uint64(m) + carry
		n[i] = uint32(v)
		carry = v >> 32
	}
	if carry != 0 {
		n = append(n, uint32(carry))
	}
	return n
}

// mulPow10 returns n * 10**k.
func (n natural) mulPow10(k int) natural {
	for ; k >= 9; k -= 9 {
		n = n.mulAdd(1000000000, 0)
	}
	if k > 0 {
		n = n.mulAdd(uint32(pow10[k]), 0)
	}
	return n
}

// shiftLeft returns n * 2**k.
func (n natural) shiftLeft(k int) natural {
	words := k / 32
	n = n.mulAdd(1<<uint(k%32), 0)
	out := make(natural, words, words+len(n))
	return append(out, n...)
}

func (n natural) compare(m natural) int {
	if len(n) != len(m) {
		if len(n) < len(m) {
			return -1
		}
		return 1
	}
	for i := len(n) - 1; i >= 0; i-- {
		if n[i] != m[i] {
			if n[i] < m[i] {
				return -1
			}
			return 1
		}
	}
	return 0
}

// long returns the number's digits as an integer times 10**exp; a digit 1 at
// the end stands for any that are left out.
func (num *number) long() (n natural, exp int) {
	n = make(natural, 0, 96)
	count, more := 0, false
	exp = num.exp
	for i := 0; i < len(num.digits); i++ {
		c := num.digits[i]
		if c == '.' || c == '_' {
			continue
		}
		if count < maxDigits {
			n = n.mulAdd(10, uint32(c-'0'))
		} else {
			more = more || c != '0'
		}
		count++
		// num.exp is that of the 19th digit, or of the last.
		if count > 19 && count <= maxDigits {
			exp--
		}
	}
	if more {
		n = n.mulAdd(10, 1)
		exp--
	}
	return n, exp
}

// compare rounds the number exactly: it begins with a float not above it, or
// nearly so, and goes from one to the next until the middle is passed.
func (num *number) compare(format *floatFormat) (f float64, ok bool) {
	n, exp := num.long()
	// An estimate: n = top * 2**binary * 10**exp, by factors of 10**27 at most.
	mant, e := num.estimate(format)
	for {
		// Compare n * 10**exp with the middle (2*mant+1) * 2**(e-1).
		c := n.compareMiddle(exp, 2*mant+1, e-1)
		if c > 0 || c == 0 && mant&1 == 1 {
			mant++
			if mant>>(format.mantBits+1) != 0 {
				mant >>= 1
				e++
			}
			if c == 0 {
				break
			}
			continue
		}
		if mant == 0 {
			break
		}
		// The middle below; at a power of two it is half as far.
		low, lowExp := 2*mant-1, e-1
		if mant == 1<<format.mantBits && e > format.minExp {
			low, lowExp = 4*mant-1, e-2
		}
		c = n.compareMiddle(exp, low, lowExp)
		if c > 0 || c == 0 && mant&1 == 0 {
			break
		}
		mant--
		if mant>>format.mantBits == 0 && e > format.minExp {
			mant = mant<<1 | 1
			e--
		}
	}
	if mant == 0 {
		return signed(0, num.neg), true
	}
	if e >= format.maxExp {
		if num.neg {
			return math.Inf(-1), false
		}
		return math.Inf(1), false
	}
	return signed(fromParts(mant, e), num.neg), true
}

// compareMiddle compares n * 10**exp with m * 2**e.
func (n natural) compareMiddle(exp int, m uint64, e int) int {
	a := append(make(natural, 0, 160), n...)
	b := make(natural, 0, 160)
	if m>>32 != 0 {
		b = append(b, uint32(m), uint32(m>>32))
	} else {
		b = append(b, uint32(m))
	}
	if exp >= 0 {
		a = a.mulPow10(exp)
	} else {
		b = b.mulPow10(-exp)
	}
	if e >= 0 {
		b = b.shiftLeft(e)
	} else {
		a = a.shiftLeft(-e)
	}
	return a.compare(b)
}

// estimate returns a float near the number, as mantissa and exponent in range.
func (num *number) estimate(format *floatFormat) (mant uint64, e int) {
	k := num.exp
	mant = num.mant
	for k < firstPower {
		mant /= 10
		k++
	}
	if mant == 0 {
		return 0, format.minExp
	}
	shift := bits.LeadingZeros64(mant)
	hi, _ := power(k)
	p, _ := bits.Mul64(mant<<uint(shift), hi)
	e = floorLog2Pow10(k) - 127 - shift + 128
	if p>>63 == 0 {
		p <<= 1
		e--
	}
	drop := int(63 - format.mantBits)
	if e+drop < format.minExp {
		drop = format.minExp - e
	}
	return p >> uint(drop), e + drop
}
