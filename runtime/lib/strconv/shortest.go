package strconv

import "math/bits"

// Shortest decimal digits, by Schubfach: of the decimals that read back as the
// same number, those with the fewest digits, and of these the nearest.

// A decimal is 0.d1d2d3... * 10**point.
type decimal struct {
	digits []byte // '0' to '9', no trailing zeros in shortest form
	point  int
}

// set makes d the integer v * 10**exp, without v's trailing zeros.
func (d *decimal) set(v uint64, exp int, buf *[65]byte) {
	if v == 0 {
		d.digits, d.point = nil, 0
		return
	}
	for v%100 == 0 {
		v /= 100
		exp += 2
	}
	if v%10 == 0 {
		v /= 10
		exp++
	}
	at := writeUint(buf, v, 10)
	d.digits = buf[at:]
	d.point = len(d.digits) + exp
}

// floorLog2Pow10 returns floor(log2(10**k)), for |k| < 400.
func floorLog2Pow10(k int) int { return (k * 217706) >> 16 }

// floorLog10Pow2 returns floor(log10(2**e)), for |e| < 1600.
func floorLog10Pow2(e int) int { return (e * 1262611) >> 22 }

// floorLog10Pow2ThreeQuarters returns floor(log10(3/4 * 2**e)).
func floorLog10Pow2ThreeQuarters(e int) int { return (e*1262611 - 524031) >> 22 }

// power returns the top 128 bits of 10**k, rounded down.
func power(k int) (hi, lo uint64) {
	i := 2 * (k - firstPower)
	return powers[i], powers[i+1]
}

// scale returns floor(cp * g / 2**128) for the 128-bit g, with the last bit
// set if anything was dropped; g may be too large by one.
func scale(hi, lo, cp uint64) uint64 {
	x1, _ := bits.Mul64(lo, cp)
	y1, y0 := bits.Mul64(hi, cp)
	sum := y0 + x1
	if sum < y0 {
		y1++
	}
	if sum > 1 {
		y1 |= 1
	}
	return y1
}

// shortest returns the digits of mant * 2**exp as an integer times 10**k.
// narrow says that the next smaller number is nearer than the next larger: mant
// is the smallest of its binade.
func shortest(mant uint64, exp int, narrow bool) (digits uint64, k int) {
	odd := mant & 1
	center := mant << 2
	left, right := center-2, center+2
	if narrow {
		left = center - 1
		k = floorLog10Pow2ThreeQuarters(exp)
	} else {
		k = floorLog10Pow2(exp)
	}
	shift := uint(exp + floorLog2Pow10(-k) + 1)
	hi, lo := power(-k)
	if k > 0 || k < -55 {
		lo++ // rounded up; the table has no all-ones low word
	}
	vl := scale(hi, lo, left<<shift) + odd
	v := scale(hi, lo, center<<shift)
	vr := scale(hi, lo, right<<shift) - odd
	s := v >> 2
	if s >= 10 {
		// One digit less: at most one such number lies in the interval.
		ten := s / 10
		below := vl <= 40*ten
		above := 40*ten+40 <= vr
		if below != above {
			if above {
				ten++
			}
			return ten, k + 1
		}
	}
	below := vl <= 4*s
	above := 4*s+4 <= vr
	if below != above {
		if above {
			s++
		}
		return s, k
	}
	middle := 4*s + 2
	if v > middle || v == middle && s&1 == 1 {
		s++
	}
	return s, k
}
