package math

import "math/bits"

// Circular functions and their inverses, by Cephes.

// octant returns which eighth of the circle |x| lies in, counted so that it is
// even, and its distance from the middle between two: |x| = j*Pi/4 + z.
func octant(x float64) (j uint64, z float64) {
	if x >= 1<<29 {
		return octantOfLarge(x)
	}
	j = uint64(x * (4 / Pi))
	j += j & 1
	y := float64(j)
	// Pi/4 in three parts, the first two short enough for exact products.
	z = x - y*7.85398125648498535156e-1 - y*3.77489470793079817668e-8 -
		y*2.69515142907905952645e-15
	return j & 7, z
}

// The binary digits of 4/Pi, the point after the first word.
var fourOverPi = [...]uint64{
	0x0000000000000001, 0x45f306dc9c882a53, 0xf84eafa3ea69bb81, 0xb6c52b3278872083,
	0xfca2c757bd778ac3, 0x6e48dc74849ba5c0, 0x0c925dd413a32439, 0xfc3bd63962534e7d,
	0xd1046bea5d768909, 0xd338e04d68befc82, 0x7323ac7306a673e9, 0x3908bf177bf25076,
	0x3ff12fffbc0b301f, 0xde5e2316b414da3e, 0xda6cfd9e4f96136e, 0x9e8c7ecd3cbfd45a,
	0xea4f758fd7cbe2f6, 0x7a0e73ef14a525d4, 0xd7f6bf623f1aba10, 0xac06608df8f6d757,
}

// octantOfLarge multiplies x by as many digits of 4/Pi as matter (Payne and
// Hanek, 1983).
func octantOfLarge(x float64) (j uint64, z float64) {
	m, e := mantissa(x)
	// Take 192 digits so that the product's highest word has 3 bits before the
	// point: what is higher is a multiple of 8.
	skip := uint(e + 61)
	word, shift := skip/64, skip%64
	var d [3]uint64
	for i := range d {
		d[i] = fourOverPi[word+uint(i)]<<shift | fourOverPi[word+uint(i)+1]>>(64-shift)
	}
	carry, _ := bits.Mul64(d[2], m)
	high, low := bits.Mul64(d[1], m)
	low, c := bits.Add64(low, carry, 0)
	high += d[0]*m + c
	j = high >> 61
	frac := high<<3 | low>>61
	lead := uint(bits.LeadingZeros64(frac)) + 1
	frac = frac<<lead | low>>(64-lead)
	z = Float64frombits(uint64(expBias-lead)<<52 | frac>>12)
	if j&1 == 1 {
		j = (j + 1) & 7
		z--
	}
	return j, z * (Pi / 4)
}

// sinPoly and cosPoly are sine and cosine for |z| <= Pi/4.
func sinPoly(z float64) float64 {
	s := z * z
	return z + z*s*(((((1.58962301576546568060e-10*s+-2.50507477628578072866e-8)*s+
		2.75573136213857245213e-6)*s+-1.98412698295895385996e-4)*s+
		8.33333333332211858878e-3)*s+-1.66666666666666307295e-1)
}

func cosPoly(z float64) float64 {
	s := z * z
	return 1 - 0.5*s + s*s*(((((-1.13585365213876817300e-11*s+2.08757008419747316778e-9)*s+
		-2.75573141792967388112e-7)*s+2.48015872888517045348e-5)*s+
		-1.38888888888730564116e-3)*s+4.16666666666665929218e-2)
}

// Sin returns the sine of x radians.
func Sin(x float64) float64 {
	if x == 0 || x != x {
		return x
	}
	if IsInf(x, 0) {
		return NaN()
	}
	j, z := octant(Abs(x))
	r := 0.0
	if j&2 != 0 {
		r = cosPoly(z)
	} else {
		r = sinPoly(z)
	}
	if (j > 3) != (x < 0) {
		return -r
	}
	return r
}

// Cos returns the cosine of x radians.
func Cos(x float64) float64 {
	if x-x != 0 {
		return NaN()
	}
	j, z := octant(Abs(x))
	r := 0.0
	if j&2 != 0 {
		r = sinPoly(z)
	} else {
		r = cosPoly(z)
	}
	if j == 2 || j == 4 {
		return -r
	}
	return r
}

// Sincos returns Sin(x), Cos(x).
func Sincos(x float64) (sin, cos float64) {
	if x == 0 {
		return x, 1
	}
	if x-x != 0 {
		return NaN(), NaN()
	}
	j, z := octant(Abs(x))
	sin, cos = sinPoly(z), cosPoly(z)
	if j&2 != 0 {
		sin, cos = cos, sin
	}
	if (j > 3) != (x < 0) {
		sin = -sin
	}
	if j == 2 || j == 4 {
		cos = -cos
	}
	return sin, cos
}

// Tan returns the tangent of x radians.
func Tan(x float64) float64 {
	if x == 0 || x != x {
		return x
	}
	if IsInf(x, 0) {
		return NaN()
	}
	j, z := octant(Abs(x))
	r := z
	if s := z * z; s > 1e-14 {
		r = z + z*(s*((-1.30936939181383777646e4*s+1.15351664838587416140e6)*s+
			-1.79565251976484877988e7)/((((s+1.36812963470692954678e4)*s+
			-1.32089234440210967447e6)*s+2.50083801823357915839e7)*s+
			-5.38695755929454629881e7))
	}
	if j&2 != 0 {
		r = -1 / r
	}
	if x < 0 {
		return -r
	}
	return r
}

// Atan returns the arctangent of x.
func Atan(x float64) float64 {
	if x == 0 || x > 0 {
		if x == 0 {
			return x
		}
		return atanPositive(x)
	}
	return -atanPositive(-x)
}

// atanPositive brings x to 0..0.66 first.
func atanPositive(x float64) float64 {
	const rest = 6.123233995736765886130e-17 // Pi/2 less its float64
	switch {
	case x > 2.41421356237309504880:
		return Pi/2 - atanPoly(1/x) + rest
	case x > 0.66:
		return Pi/4 + atanPoly((x-1)/(x+1)) + 0.5*rest
	}
	return atanPoly(x)
}

func atanPoly(x float64) float64 {
	z := x * x
	p := (((-8.750608600031904122785e-01*z+-1.615753718733365076637e+01)*z+
		-7.500855792314704667340e+01)*z+-1.228866684490136173410e+02)*z +
		-6.485021904942025371773e+01
	q := ((((z+2.485846490142306297962e+01)*z+1.650270098316988542046e+02)*z+
		4.328810604912902668951e+02)*z+4.853903996359136964868e+02)*z +
		1.945506571482613964425e+02
	return x*(z*p/q) + x
}

// Asin returns the arcsine of x.
func Asin(x float64) float64 {
	if x == 0 {
		return x
	}
	a := Abs(x)
	if !(a <= 1) {
		return NaN()
	}
	root := Sqrt(1 - a*a)
	if a > 0.7 {
		root = Pi/2 - atanPositive(root/a)
	} else {
		root = atanPositive(a / root)
	}
	return Copysign(root, x)
}

// Acos returns the arccosine of x.
func Acos(x float64) float64 { return Pi/2 - Asin(x) }

// Atan2 returns the angle of the vector (x, y).
func Atan2(y, x float64) float64 {
	if x != x || y != y {
		return NaN()
	}
	left := Signbit(x)
	if IsInf(y, 0) || x == 0 && y != 0 {
		switch {
		case !IsInf(x, 0):
			return Copysign(Pi/2, y)
		case left:
			return Copysign(3*Pi/4, y)
		}
		return Copysign(Pi/4, y)
	}
	if y == 0 || IsInf(x, 0) {
		if left {
			return Copysign(Pi, y)
		}
		return Copysign(0, y)
	}
	a := Atan(y / x)
	if !left {
		return a
	}
	if a <= 0 {
		return a + Pi
	}
	return a - Pi
}
