// Package math has the mathematical functions and constants.
//
// Results are those of Go on amd64, bit for bit: the algorithms are the published
// ones that Go uses too (FreeBSD's msun, Cephes; for Exp, N. Shibata's reduction
// by halving), with the operations in the same order.  Where the machine has an
// instruction, or the order matters to a fused multiplication, the function is
// in C (runtime/lang/link_math.c).  Not provided: the inverse error function and
// Bessel functions.
package math

import "unsafe"

// Mathematical constants.
const (
	E   = 2.71828182845904523536028747135266249775724709369995957496696763
	Pi  = 3.14159265358979323846264338327950288419716939937510582097494459
	Phi = 1.61803398874989484820458683436563811772030917980576286213544862

	Sqrt2   = 1.41421356237309504880168872420969807856967187537694807317667974
	SqrtE   = 1.64872127070012814684865078781416357165377610071014801157507931
	SqrtPi  = 1.77245385090551602729816748334114518279754945612238712821380779
	SqrtPhi = 1.27201964951406896425242246173749149171560804184009624861664038

	Ln2    = 0.693147180559945309417232121458176568075500134360255254120680009
	Log2E  = 1 / Ln2
	Ln10   = 2.30258509299404568401799145468436420760110148862877297603332790
	Log10E = 1 / Ln10
)

// Limits of floating-point types.
const (
	MaxFloat32             = 0x1p127 * (1 + (1 - 0x1p-23))
	SmallestNonzeroFloat32 = 0x1p-126 * 0x1p-23
	MaxFloat64             = 0x1p1023 * (1 + (1 - 0x1p-52))
	SmallestNonzeroFloat64 = 0x1p-1022 * 0x1p-52
)

// Limits of integer types.
const (
	MaxInt    = 1<<63 - 1
	MinInt    = -1 << 63
	MaxInt8   = 1<<7 - 1
	MinInt8   = -1 << 7
	MaxInt16  = 1<<15 - 1
	MinInt16  = -1 << 15
	MaxInt32  = 1<<31 - 1
	MinInt32  = -1 << 31
	MaxInt64  = 1<<63 - 1
	MinInt64  = -1 << 63
	MaxUint   = 1<<64 - 1
	MaxUint8  = 1<<8 - 1
	MaxUint16 = 1<<16 - 1
	MaxUint32 = 1<<32 - 1
	MaxUint64 = 1<<64 - 1
)

const (
	signBit  = 1 << 63
	fracMask = 1<<52 - 1
	expBias  = 1023
)

// Implemented in link_math.c.

// Sqrt returns the square root of x.
func Sqrt(x float64) float64

// Floor returns the greatest integer not above x.
func Floor(x float64) float64

// Ceil returns the least integer not below x.
func Ceil(x float64) float64

// Trunc returns x without its fraction.
func Trunc(x float64) float64

// FMA returns x*y + z, rounded once.
func FMA(x, y, z float64) float64

// Exp returns e**x.
func Exp(x float64) float64

// Float64bits returns the IEEE 754 form of f.
func Float64bits(f float64) uint64 { return *(*uint64)(unsafe.Pointer(&f)) }

// Float64frombits returns the number whose IEEE 754 form is b.
func Float64frombits(b uint64) float64 { return *(*float64)(unsafe.Pointer(&b)) }

// Float32bits returns the IEEE 754 form of f.
func Float32bits(f float32) uint32 { return *(*uint32)(unsafe.Pointer(&f)) }

// Float32frombits returns the number whose IEEE 754 form is b.
func Float32frombits(b uint32) float32 { return *(*float32)(unsafe.Pointer(&b)) }

// Inf returns infinity, negative if sign is.
func Inf(sign int) float64 {
	if sign < 0 {
		return Float64frombits(0xFFF << 52)
	}
	return Float64frombits(0x7FF << 52)
}

// NaN returns a "not a number".
func NaN() float64 { return Float64frombits(0x7FF8000000000001) }

// IsNaN reports whether f is a "not a number".
func IsNaN(f float64) bool { return f != f }

// IsInf reports whether f is an infinity of the given sign; of any, if sign is
// 0.
func IsInf(f float64, sign int) bool {
	return sign >= 0 && f > MaxFloat64 || sign <= 0 && f < -MaxFloat64
}

// Abs returns the absolute value of x.
func Abs(x float64) float64 { return Float64frombits(Float64bits(x) &^ signBit) }

// Signbit reports whether x is negative or negative zero.
func Signbit(x float64) bool { return Float64bits(x)&signBit != 0 }

// Copysign returns f with the sign of sign.
func Copysign(f, sign float64) float64 {
	return Float64frombits(Float64bits(f)&^signBit | Float64bits(sign)&signBit)
}

// Max returns the larger of x and y: NaN if one is, unless the other is +Inf.
func Max(x, y float64) float64 {
	if IsInf(x, 1) || IsInf(y, 1) {
		return Inf(1)
	}
	if x != x || y != y {
		return NaN()
	}
	if x > y || x == y && !Signbit(x) {
		return x
	}
	return y
}

// Min returns the smaller of x and y: NaN if one is, unless the other is -Inf.
func Min(x, y float64) float64 {
	if IsInf(x, -1) || IsInf(y, -1) {
		return Inf(-1)
	}
	if x != x || y != y {
		return NaN()
	}
	if x < y || x == y && Signbit(x) {
		return x
	}
	return y
}

// Dim returns x-y, or 0 if that is negative.
func Dim(x, y float64) float64 {
	if d := x - y; d > 0 || d != d {
		return d
	}
	return 0
}

// Round returns the nearest integer; halves go away from zero.
func Round(x float64) float64 {
	t := Trunc(x)
	if Abs(x-t) >= 0.5 {
		t += Copysign(1, x)
	}
	return Copysign(t, x)
}

// RoundToEven returns the nearest integer; halves go to the even one.
func RoundToEven(x float64) float64 {
	if !(Abs(x) < 1<<52) {
		return x
	}
	const shifter = 1 << 52
	return Copysign(Abs(x)+shifter-shifter, x)
}

// Modf splits f into an integer and a fraction, both of its sign.
func Modf(f float64) (int float64, frac float64) {
	if IsInf(f, 0) {
		return f, NaN()
	}
	int = Trunc(f)
	if f == int {
		return f, Copysign(0, f)
	}
	return int, f - int
}

// Frexp splits f into frac * 2**exp, where |frac| is in [1/2, 1).
func Frexp(f float64) (frac float64, exp int) {
	if f == 0 || f-f != 0 {
		return f, 0
	}
	if Abs(f) < 0x1p-1022 {
		f *= 1 << 52
		exp = -52
	}
	b := Float64bits(f)
	exp += int(b>>52&0x7FF) - (expBias - 1)
	return Float64frombits(b&(signBit|fracMask) | (expBias-1)<<52), exp
}

// power2 returns 2**e, a normal number.
func power2(e int) float64 { return Float64frombits(uint64(e+expBias) << 52) }

// Ldexp returns frac * 2**exp.
func Ldexp(frac float64, exp int) float64 {
	f, e := Frexp(frac)
	if f == 0 || f-f != 0 {
		return frac
	}
	exp = min(max(exp, -4096), 4096)
	switch e += exp; {
	case e > 1024:
		return Copysign(Inf(1), frac)
	case e > -1022:
		return 2 * f * power2(e-1)
	case e < -1074:
		return Copysign(0, frac)
	}
	return f * power2(e+60) * 0x1p-60
}

// Nextafter returns the number next to x on the way to y.
func Nextafter(x, y float64) float64 {
	if x != x || y != y {
		return NaN()
	}
	if x == y {
		return x
	}
	if x == 0 {
		return Copysign(SmallestNonzeroFloat64, y)
	}
	if (x < y) == (x > 0) {
		return Float64frombits(Float64bits(x) + 1)
	}
	return Float64frombits(Float64bits(x) - 1)
}

// Nextafter32 is Nextafter for float32.
func Nextafter32(x, y float32) float32 {
	if x != x || y != y {
		return float32(NaN())
	}
	if x == y {
		return x
	}
	if x == 0 {
		return float32(Copysign(SmallestNonzeroFloat32, float64(y)))
	}
	if (x < y) == (x > 0) {
		return Float32frombits(Float32bits(x) + 1)
	}
	return Float32frombits(Float32bits(x) - 1)
}

// Mod returns the remainder of x/y with the sign of x.  It is exact.
func Mod(x, y float64) float64 {
	if y == 0 || x-x != 0 || y != y {
		return NaN()
	}
	r := Abs(x)
	y = Abs(y)
	if y < r {
		// Subtract from the integer of r's bits, shifting one place at a time.
		n, en := mantissa(r)
		d, ed := mantissa(y)
		for ; en > ed; en-- {
			if n >= d {
				n -= d
			}
			n <<= 1
		}
		if n >= d {
			n -= d
		}
		r = Ldexp(float64(n), ed)
	} else if y == r {
		r = 0
	}
	return Copysign(r, x)
}

// mantissa returns the integer n, of 53 bits, and e with f = n * 2**e.
func mantissa(f float64) (n uint64, e int) {
	f, e = Frexp(f)
	return Float64bits(f)&fracMask | 1<<52, e - 53
}

// Remainder returns x - n*y for the integer n nearest to x/y, the even one of
// two.  It is exact.
func Remainder(x, y float64) float64 {
	if y == 0 || x-x != 0 || y != y {
		return NaN()
	}
	if IsInf(y, 0) {
		return x
	}
	y = Abs(y)
	r := Abs(x)
	if y <= MaxFloat64/2 {
		r = Mod(r, 2*y)
	}
	// Now r < 2*y; compare with y/2 and 3*y/2, exactly.
	if r > y || r > y-r {
		r -= y
		if r > 0 && r >= y-r {
			r -= y
		}
	}
	if Signbit(x) {
		r = -r
	}
	return r
}

// Hypot returns the length of the vector (p, q).
func Hypot(p, q float64) float64 {
	if IsInf(p, 0) || IsInf(q, 0) {
		return Inf(1)
	}
	if p != p || q != q {
		return NaN()
	}
	p, q = Abs(p), Abs(q)
	if p < q {
		p, q = q, p
	}
	if p == 0 {
		return 0
	}
	q /= p
	return p * Sqrt(1+q*q)
}

// Cbrt returns the cube root of x, by msun: a third of the exponent, a rational
// step to 23 bits, and one of Newton's.
func Cbrt(x float64) float64 {
	if x == 0 || x-x != 0 {
		return x
	}
	a := Abs(x)
	var t float64
	if a < 0x1p-1022 {
		t = Float64frombits(Float64bits(a*0x1p54)/3 + 696219795<<32)
	} else {
		t = Float64frombits(Float64bits(a)/3 + 715094163<<32)
	}
	s := 5.42857142857142815906e-01 + t*t/a*t
	t *= 3.57142857142857150787e-01 + 1.60714285714285720630e+00/
		(s+1.41428571428571436819e+00+-7.05306122448979611050e-01/s)
	t = Float64frombits(Float64bits(t)&^(1<<30-1) + 1<<30)
	r := a / (t * t)
	t += t * ((r - t) / (t + t + r))
	return Copysign(t, x)
}
