package strconv

import "math/bits"

// Decimal digits of a given number, exactly rounded.

var pow10 = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19}

// fewDigits sets d to mant * 2**exp rounded to n digits, 1 <= n <= 17, and
// reports whether it could tell the rounding.
func fewDigits(d *decimal, buf *[65]byte, mant uint64, exp, n int) bool {
	k := n - 1 - floorLog10Pow2(bits.Len64(mant)-1+exp)
	v, ok := scaled(mant, exp, k)
	if ok && v >= pow10[n] {
		k--
		v, ok = scaled(mant, exp, k)
	}
	if ok {
		d.set(v, -k, buf)
	}
	return ok
}

// scaled returns mant * 2**exp * 10**k rounded to an integer, half to even, and
// whether it could tell.
func scaled(mant uint64, exp, k int) (v uint64, ok bool) {
	if k > lastPower || k < firstPower {
		return 0, false
	}
	shift := bits.LeadingZeros64(mant)
	mant <<= uint(shift)
	exp += floorLog2Pow10(k) - 127 - shift
	// (p2, p1, p0) * 2**exp is at most the value, which is less than 2 units of
	// p1 more, or equal if the power is exact.
	hi, lo := power(k)
	p2, p1 := bits.Mul64(mant, hi)
	x1, p0 := bits.Mul64(mant, lo)
	p1, carry := bits.Add64(p1, x1, 0)
	p2 += carry
	below := -(exp + 128) // bits of p2 after the point
	if below <= 0 {
		return 0, false
	}
	if below > 64 {
		return 0, true // less than half
	}
	v = p2 >> uint(below)
	frac := p2 & (1<<uint(below) - 1)
	half := uint64(1) << uint(below-1)
	exact := 0 <= k && k <= 55
	if !exact && frac == half-1 && p1 >= ^uint64(0)-1 {
		return 0, false
	}
	more := !exact || p1 != 0 || p0 != 0
	if frac > half || frac == half && (more || v&1 == 1) {
		v++
	}
	return v, true
}

const (
	limbBase = 1000000000
	// 1074 digits after the point in groups of 9, 309 before it, and room for
	// a carry.
	pointLimb = 36
	numLimbs  = 36 + 120
)

// A longDecimal is a number written out in base 10**9, the point before
// limb[pointLimb]; only limb[first:last] can be other than zero.
type longDecimal struct {
	limb        [numLimbs]uint32
	first, last int
}

// set makes d the number mant * 2**exp.
func (d *longDecimal) set(mant uint64, exp int) {
	d.first, d.last = pointLimb, pointLimb
	for mant != 0 {
		d.first--
		d.limb[d.first] = uint32(mant % limbBase)
		mant /= limbBase
	}
	for exp > 0 {
		n := min(exp, 29)
		d.shiftLeft(uint(n))
		exp -= n
	}
	for exp < 0 {
		n := min(-exp, 9)
		d.shiftRight(uint(n))
		exp += n
	}
}

func (d *longDecimal) shiftLeft(n uint) {
	carry := uint64(0)
	for i := d.last - 1; i >= d.first; i-- {
		v := uint64(d.limb[i])<<n + carry
		d.limb[i] = uint32(v % limbBase)
		carry = v / limbBase
	}
	if carry != 0 {
		d.first--
		d.limb[d.first] = uint32(carry)
	}
}

// shiftRight divides by 2**n, n <= 9: 10**9 is a multiple of that.
func (d *longDecimal) shiftRight(n uint) {
	carry := uint32(0)
	for i := d.first; i < d.last; i++ {
		v := d.limb[i]
		d.limb[i] = v>>n + carry
		carry = (v & (1<<n - 1)) * (limbBase >> n)
	}
	if carry != 0 {
		d.limb[d.last] = carry
		d.last++
	}
	if d.first < d.last && d.limb[d.first] == 0 {
		d.first++
	}
}

// manyDigits returns all digits of mant * 2**exp.
func manyDigits(mant uint64, exp int) *decimal {
	long := new(longDecimal)
	long.set(mant, exp)
	d := new(decimal)
	if mant == 0 {
		return d
	}
	d.digits = make([]byte, 0, 9*(long.last-long.first))
	for i := long.first; i < long.last; i++ {
		v := uint64(long.limb[i])
		for place := 8; place >= 0; place-- {
			digit := byte(v / pow10[place] % 10)
			if digit != 0 || len(d.digits) > 0 {
				if len(d.digits) == 0 {
					d.point = 9*(pointLimb-i) - (8 - place)
				}
				d.digits = append(d.digits, '0'+digit)
			}
		}
	}
	d.trim()
	return d
}

func (d *decimal) trim() {
	n := len(d.digits)
	for n > 0 && d.digits[n-1] == '0' {
		n--
	}
	d.digits = d.digits[:n]
	if n == 0 {
		d.point = 0
	}
}

// round keeps n digits of d, whose digits are exact: half goes to even.
func (d *decimal) round(n int) {
	if n < 0 || n >= len(d.digits) {
		if n < 0 {
			d.digits, d.point = nil, 0
		}
		return
	}
	up := d.digits[n] > '5'
	if d.digits[n] == '5' {
		up = n+1 < len(d.digits) || n > 0 && (d.digits[n-1]-'0')&1 == 1
	}
	d.digits = d.digits[:n]
	if !up {
		d.trim()
		return
	}
	for n > 0 && d.digits[n-1] == '9' {
		n--
	}
	if n == 0 {
		d.digits = append(d.digits[:0], '1')
		d.point++
		return
	}
	d.digits = d.digits[:n]
	d.digits[n-1]++
}
