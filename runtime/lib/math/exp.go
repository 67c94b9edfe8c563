package math

// Logarithms, powers and hyperbolic functions.

const (
	ln2High = 6.93147180369123816490e-01
	ln2Low  = 1.90821492927058770002e-10
)

// Log returns the natural logarithm of x, by msun: with x = 2**k * (1+f) and
// s = f/(2+f), it is k*ln2 + 2s + a polynomial of s**2.
func Log(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case x < 0:
		return NaN()
	case x-x != 0:
		return x
	}
	b := Float64bits(x)
	k := float64(int(b>>52) - (expBias - 1))
	f := Float64frombits(b&fracMask | (expBias-1)<<52)
	if f <= Sqrt2/2 {
		f *= 2
		k--
	}
	f--
	s := f / (2 + f)
	z := s * s
	w := z * z
	odd := z * (6.666666666666735130e-01 + w*(2.857142874366239149e-01+
		w*(1.818357216161805012e-01+w*1.479819860511658591e-01)))
	even := w * (3.999999999940941908e-01 + w*(2.222219843214978396e-01+
		w*1.531383769920937332e-01))
	half := 0.5 * f * f
	return k*ln2High - (half - (s*(half+(odd+even)) + k*ln2Low) - f)
}

// Log10 returns the decimal logarithm of x.
func Log10(x float64) float64 { return Log(x) * (1 / Ln10) }

// Log2 returns the binary logarithm of x, exact for powers of two.
func Log2(x float64) float64 {
	f, e := Frexp(x)
	if f == 0.5 {
		return float64(e - 1)
	}
	return Log(f)*(1/Ln2) + float64(e)
}

// Logb returns the binary exponent of x.
func Logb(x float64) float64 {
	switch {
	case x == 0:
		return Inf(-1)
	case IsInf(x, 0):
		return Inf(1)
	case x != x:
		return x
	}
	return float64(Ilogb(x))
}

// Ilogb returns the binary exponent of x as an integer.
func Ilogb(x float64) int {
	switch {
	case x == 0:
		return MinInt32
	case x-x != 0:
		return MaxInt32
	}
	_, e := Frexp(x)
	return e - 1
}

// Log1p returns Log(1+x), also where x is small, by msun.
func Log1p(x float64) float64 {
	switch {
	case x == -1:
		return Inf(-1)
	case x < -1 || x != x:
		return NaN()
	case IsInf(x, 1):
		return x
	}
	a := Abs(x)
	if a < 0x1p-29 {
		if a < 0x1p-54 {
			return x
		}
		return x - x*x*0.5
	}
	// 1+x = 2**k * (1+f), and c makes up for the rounding of 1+x.
	k, f, c := 0.0, x, 0.0
	exact := false // f is a power of two, or tiny
	if a >= 4.142135623730950488017e-01 || x <= -2.928932188134524755992e-01 {
		u := x
		if a < 1<<53 {
			u = 1 + x
			if u >= 2 {
				c = 1 - (u - x)
			} else {
				c = x - (u - 1)
			}
			c /= u
		}
		b := Float64bits(u)
		k = float64(int(b>>52) - expBias)
		b &= fracMask
		if b < 0x6A09E667F3BCD {
			exact = b == 0
			f = Float64frombits(b | expBias<<52)
		} else {
			k++
			exact = (1<<52-b)>>2 == 0
			f = Float64frombits(b | (expBias-1)<<52)
		}
		f--
	}
	half := 0.5 * f * f
	if exact {
		if f == 0 {
			if k == 0 {
				return 0
			}
			return k*ln2High + (c + k*ln2Low)
		}
		r := half * (1 - 0.66666666666666666*f)
		if k == 0 {
			return f - r
		}
		return k*ln2High - (r - (k*ln2Low + c) - f)
	}
	s := f / (2 + f)
	z := s * s
	r := z * (6.666666666666735130e-01 + z*(3.999999999940941908e-01+
		z*(2.857142874366239149e-01+z*(2.222219843214978396e-01+
			z*(1.818357216161805012e-01+z*(1.531383769920937332e-01+
				z*1.479819860511658591e-01))))))
	if k == 0 {
		return f - (half - s*(half+r))
	}
	return k*ln2High - (half - (s*(half+r) + (k*ln2Low + c)) - f)
}

// Exp2 returns 2**x, by msun: a rational function of the fraction.
func Exp2(x float64) float64 {
	switch {
	case x != x || x > MaxFloat64:
		return x
	case x > 1.0239999999999999e+03:
		return Inf(1)
	case x < -1.0740e+03:
		return 0
	}
	k := int(x + Copysign(0.5, x))
	if x == 0 {
		k = 0
	}
	t := x - float64(k)
	high, low := t*ln2High, -t*ln2Low
	r := high - low
	z := r * r
	c := r - z*(1.66666666666666657415e-01+z*(-2.77777777770155933842e-03+
		z*(6.61375632143793436117e-05+z*(-1.65339022054652515390e-06+
			z*4.13813679705723846039e-08))))
	return Ldexp(1-(low-r*c/(2-c)-high), k)
}

// Expm1 returns Exp(x)-1, also where x is small, by msun.
func Expm1(x float64) float64 {
	a := Abs(x)
	switch {
	case x != x || IsInf(x, 1) || a < 0x1p-54:
		return x
	case x <= -3.88162421113569373274e+01:
		return -1
	case x >= 7.09782712893383973096e+02:
		return Inf(1)
	}
	// x = k*ln2 + r, and c makes up for the rounding of r.
	k, c := 0, 0.0
	if a > 3.46573590279972654709e-01 {
		if a < 1.03972077083991796413e+00 {
			k = int(Copysign(1, x))
		} else {
			k = int(1.44269504088896338700e+00*x + Copysign(0.5, x))
		}
		high, low := x-float64(k)*ln2High, float64(k)*ln2Low
		x = high - low
		c = high - x - low
	}
	half := 0.5 * x
	z := x * half
	r := 1 + z*(-3.33333333333331316428e-02+z*(1.58730158725481460165e-03+
		z*(-7.93650757867487942473e-05+z*(4.00821782732936239552e-06+
			z*-2.01099218183624371326e-07))))
	t := 3 - r*half
	e := z * ((r - t) / (6 - x*t))
	if k == 0 {
		return x - (x*e - z)
	}
	e = x*(e-c) - c - z
	var y float64
	switch {
	case k == -1:
		return 0.5*(x-e) - 0.5
	case k == 1 && x < -0.25:
		return -2 * (e - (x + 0.5))
	case k == 1:
		return 1 + 2*(x-e)
	case k < -1 || k > 56:
		return timesPower2(1-(e-x), k) - 1
	case k < 20:
		y = 1 - power2(-k) - (e - x)
	default:
		y = x - (e + power2(-k)) + 1
	}
	return timesPower2(y, k)
}

// timesPower2 adds k to the exponent of y.
func timesPower2(y float64, k int) float64 {
	return Float64frombits(Float64bits(y) + uint64(k)<<52)
}

// Pow returns x**y.
func Pow(x, y float64) float64 {
	if y == 0 || x == 1 {
		return 1
	}
	if y == 1 {
		return x
	}
	if x != x || y != y {
		return NaN()
	}
	if x == 0 || IsInf(x, 0) {
		// 0 and Inf change places for a negative y; the sign stays if y is odd.
		r := 0.0
		if (x == 0) == (y < 0) {
			r = Inf(1)
		}
		if Signbit(x) && isOdd(y) {
			r = -r
		}
		return r
	}
	if IsInf(y, 0) || Abs(y) >= 1<<63 {
		switch {
		case x == -1:
			return 1
		case (Abs(x) < 1) == (y > 0):
			return 0
		}
		return Inf(1)
	}
	if y == 0.5 {
		return Sqrt(x)
	}
	if y == -0.5 {
		return 1 / Sqrt(x)
	}
	whole, frac := Modf(Abs(y))
	if frac != 0 && x < 0 {
		return NaN()
	}
	return power(x, y, whole, frac)
}

// isOdd reports whether y is an odd integer.
func isOdd(y float64) bool {
	return Abs(y) < 1<<53 && y == Trunc(y) && int64(y)&1 == 1
}

// power returns x**y for |y| = whole + frac: the fraction by logarithm, the
// rest by squaring, with mantissas and exponents kept apart.
func power(x, y, whole, frac float64) float64 {
	m, e := 1.0, 0 // the result is m * 2**e
	if frac > 0.5 {
		frac--
		whole++
	}
	if frac != 0 {
		m = Exp(frac * Log(x))
	}
	sm, se := Frexp(x) // x**1, x**2, x**4, ...
	for n := int64(whole); n != 0; n >>= 1 {
		if se > 1<<12 || se < -1<<12 {
			e += se // over- or underflows for certain
			break
		}
		if n&1 != 0 {
			m *= sm
			e += se
		}
		sm *= sm
		se *= 2
		if sm < 0.5 {
			sm *= 2
			se--
		}
	}
	if y < 0 {
		return Ldexp(1/m, -e)
	}
	return Ldexp(m, e)
}

// Powers of ten: 10**n = tens[n%32] * tens32[n/32], each rounded.
var tens = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
	1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22, 1e23, 1e24, 1e25,
	1e26, 1e27, 1e28, 1e29, 1e30, 1e31}
var tens32 = [...]float64{1e0, 1e32, 1e64, 1e96, 1e128, 1e160, 1e192, 1e224, 1e256, 1e288}
var tenths32 = [...]float64{1e-0, 1e-32, 1e-64, 1e-96, 1e-128, 1e-160, 1e-192, 1e-224,
	1e-256, 1e-288, 1e-320}

// Pow10 returns 10**n.
func Pow10(n int) float64 {
	switch {
	case n < -323:
		return 0
	case n > 308:
		return Inf(1)
	case n < 0:
		return tenths32[-n/32] / tens[-n%32]
	}
	return tens32[n/32] * tens[n%32]
}

// Sinh returns the hyperbolic sine of x; by a rational function up to 1/2.
func Sinh(x float64) float64 {
	a := Abs(x)
	var r float64
	switch {
	case a > 21:
		r = Exp(a) * 0.5
	case a > 0.5:
		e := Exp(a)
		r = (e - 1/e) * 0.5
	default:
		z := a * a
		r = (((-0.2630563213397497062819489e+2*z+-0.2894211355989563807284660366e+4)*z+
			-0.8991272022039509355398013511e+5)*z + -0.6307673640497716991184787251e+6) * a
		r /= ((z+-0.173678953558233699533450911e+3)*z+0.1521517378790019070696485176e+5)*z +
			-0.6307673640497716991212077277e+6
	}
	return Copysign(r, x)
}

// Cosh returns the hyperbolic cosine of x.
func Cosh(x float64) float64 {
	e := Exp(Abs(x))
	if Abs(x) > 21 {
		return e * 0.5
	}
	return (e + 1/e) * 0.5
}

// Tanh returns the hyperbolic tangent of x, by Cephes.
func Tanh(x float64) float64 {
	a := Abs(x)
	switch {
	case a > 0.5*8.8029691931113054295988e+01:
		return Copysign(1, x)
	case a >= 0.625:
		return Copysign(1-2/(Exp(2*a)+1), x)
	case x == 0:
		return x
	}
	z := x * x
	return x + x*z*((-9.64399179425052238628e-1*z+-9.92877231001918586564e1)*z+
		-1.61468768441708447952e3)/(((z+1.12811678491632931402e2)*z+
		2.23548839060100448583e3)*z+4.84406305325125486048e3)
}

// Asinh returns the inverse hyperbolic sine of x, by msun.
func Asinh(x float64) float64 {
	a := Abs(x)
	switch {
	case a < 0x1p-28 || x-x != 0:
		return x
	case a > 1<<28:
		a = Log(a) + Ln2
	case a > 2:
		a = Log(2*a + 1/(Sqrt(a*a+1)+a))
	default:
		a = Log1p(a + a*a/(1+Sqrt(1+a*a)))
	}
	return Copysign(a, x)
}

// Acosh returns the inverse hyperbolic cosine of x, by msun.
func Acosh(x float64) float64 {
	switch {
	case x == 1:
		return 0
	case x >= 1<<28:
		return Log(x) + Ln2
	case x > 2:
		return Log(2*x - 1/(x+Sqrt(x*x-1)))
	case x > 1:
		t := x - 1
		return Log1p(t + Sqrt(2*t+t*t))
	}
	return NaN()
}

// Atanh returns the inverse hyperbolic tangent of x, by msun.
func Atanh(x float64) float64 {
	a := Abs(x)
	switch {
	case a > 1 || x != x:
		return NaN()
	case a == 1:
		return Copysign(Inf(1), x)
	case a < 0x1p-28:
		return x
	case a < 0.5:
		a = 0.5 * Log1p(a+a+(a+a)*a/(1-a))
	default:
		a = 0.5 * Log1p((a+a)/(1-a))
	}
	return Copysign(a, x)
}
