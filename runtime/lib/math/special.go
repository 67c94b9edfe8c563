package math

// The error function and the gamma function: erf and lgamma by msun, gamma by
// Cephes.  Each interval has a polynomial or rational approximation.

// poly returns c[0] + c[1]*x + c[2]*x**2 ..., by Horner's rule.
func poly(x float64, c []float64) float64 {
	r := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		r = c[i] + x*r
	}
	return r
}

// erf(x) = x + x*P/Q of x**2 below 0.84375.
var erfSmallP = [...]float64{
	1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02,
	-5.77027029648944159157e-03, -2.37630166566501626084e-05,
}

// Its denominator.
var erfSmallQ = [...]float64{
	1, 3.97917223959155352819e-01, 6.50222499887672944485e-02,
	5.08130628187576562776e-03, 1.32494738004321644526e-04, -3.96022827877536812320e-06,
}

// erf(x) = erfOne + P/Q of x-1 below 1.25.
var erfOneP = [...]float64{
	-2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01,
	3.18346619901161753674e-01, -1.10894694282396677476e-01, 3.54783043256182359371e-02,
	-2.16637559486879084300e-03,
}

// Its denominator.
var erfOneQ = [...]float64{
	1, 1.06420880400844228286e-01, 5.40397917702171048937e-01,
	7.18286544141962662868e-02, 1.26171219808761642112e-01, 1.36370839120290507362e-02,
	1.19844998467991074170e-02,
}

// x*erfc(x) = exp(-x**2 - 0.5625 + P/Q of 1/x**2) below 1/0.35.
var erfcMidP = [...]float64{
	-9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01,
	-6.23753324503260060396e+01, -1.62396669462573470355e+02, -1.84605092906711035994e+02,
	-8.12874355063065934246e+01, -9.81432934416914548592e+00,
}

// Its denominator.
var erfcMidQ = [...]float64{
	1, 1.96512716674392571292e+01, 1.37657754143519042600e+02,
	4.34565877475229228821e+02, 6.45387271733267880336e+02, 4.29008140027567833386e+02,
	1.08635005541779435134e+02, 6.57024977031928170135e+00, -6.04244152148580987438e-02,
}

// The same from there to 28.
var erfcFarP = [...]float64{
	-9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01,
	-1.60636384855821916062e+02, -6.37566443368389627722e+02, -1.02509513161107724954e+03,
	-4.83519191608651397019e+02,
}

// Its denominator.
var erfcFarQ = [...]float64{
	1, 3.03380607434824582924e+01, 3.25792512996573918826e+02,
	1.53672958608443695994e+03, 3.19985821950859553908e+03, 2.55305040643316442583e+03,
	4.74528541206955367215e+02, -2.24409524465858183362e+01,
}

const erfOne = 8.45062911510467529297e-01 // erf(1), to 24 bits

// erfcTail returns erfc(x) for 1.25 <= x < 28.
func erfcTail(x float64) float64 {
	s := 1 / (x * x)
	var q float64
	if x < 1/0.35 {
		q = poly(s, erfcMidP[:]) / poly(s, erfcMidQ[:])
	} else {
		q = poly(s, erfcFarP[:]) / poly(s, erfcFarQ[:])
	}
	// The square of z, which is x to 20 bits, is exact.
	z := Float64frombits(Float64bits(x) &^ (1<<32 - 1))
	return Exp(-z*z-0.5625) * Exp((z-x)*(z+x)+q) / x
}

// Erf returns the error function of x.
func Erf(x float64) float64 {
	a := Abs(x)
	var r float64
	switch {
	case x != x:
		return x
	case a < 2.848094538889218e-306:
		r = 0.125 * (8*a + 1.02703333676410069053e+00*a)
	case a < 0x1p-28:
		r = a + 1.28379167095512586316e-01*a
	case a < 0.84375:
		z := a * a
		r = a + a*(poly(z, erfSmallP[:])/poly(z, erfSmallQ[:]))
	case a < 1.25:
		r = erfOne + poly(a-1, erfOneP[:])/poly(a-1, erfOneQ[:])
	case a < 6:
		r = 1 - erfcTail(a)
	default:
		r = 1
	}
	return Copysign(r, x)
}

// Erfc returns 1 - Erf(x), also where that is small.
func Erfc(x float64) float64 {
	a := Abs(x)
	neg := x < 0
	var r float64 // erfc(a)
	switch {
	case x != x:
		return x
	case a < 0.84375:
		t := a
		if a >= 0x1p-56 {
			z := a * a
			y := poly(z, erfSmallP[:]) / poly(z, erfSmallQ[:])
			if a < 0.25 {
				t = a + a*y
			} else {
				t = 0.5 + (a*y + (a - 0.5))
			}
		}
		if neg {
			return 1 + t
		}
		return 1 - t
	case a < 1.25:
		q := poly(a-1, erfOneP[:]) / poly(a-1, erfOneQ[:])
		if neg {
			return 1 + erfOne + q
		}
		return 1 - erfOne - q
	case a < 28 && !(neg && a > 6):
		r = erfcTail(a)
	}
	if neg {
		return 2 - r
	}
	return r
}

// gamma(x+2) = P/Q of x from 0 to 1.
var gammaP = [...]float64{
	9.99999999999999996796e-01, 4.94214826801497100753e-01, 2.07448227648435975150e-01,
	4.76367800457137231464e-02, 1.04213797561761569935e-02, 1.19135147006586384913e-03,
	1.60119522476751861407e-04,
}

// Its denominator.
var gammaQ = [...]float64{
	1.00000000000000000320e+00, 7.14304917030273074085e-02, -2.34591795718243348568e-01,
	3.58236398605498653373e-02, 1.18139785222060435552e-02, -4.45641913851797240494e-03,
	5.39605580493303397842e-04, -2.31581873324120129819e-05,
}

// Stirling's series of 1/x.
var gammaS = [...]float64{
	1, 8.33333333333482257126e-02, 3.47222221605458667310e-03,
	-2.68132617805781232825e-03, -2.29549961613378126380e-04, 7.87311395793093628397e-04,
}

// stirling returns two factors of gamma(x) for large x: their product may be too
// large.
func stirling(x float64) (p, q float64) {
	if x > 200 {
		return Inf(1), 1
	}
	e := Exp(x)
	w := 2.506628274631000502417 * poly(1/x, gammaS[:])
	if x <= 143.01608 {
		return Pow(x, x-0.5) / e, w
	}
	// x**x would be too large.
	root := Pow(x, 0.5*x-0.25)
	return root, 2.506628274631000502417 * poly(1/x, gammaS[:]) * (root / e)
}

// Gamma returns the gamma function of x.
func Gamma(x float64) float64 {
	switch {
	case x == 0:
		return Copysign(Inf(1), x)
	case x != x || x < 0 && x == Trunc(x):
		return NaN()
	case IsInf(x, 1):
		return x
	case x > 33:
		p, q := stirling(x)
		return p * q
	case x < -33:
		return gammaReflected(-x)
	}
	// Go from x to between 2 and 3, by gamma(x+1) = x*gamma(x).
	z := 1.0
	for x >= 3 {
		x--
		z *= x
	}
	for x < 2 {
		if -1e-09 < x && x < 1e-09 {
			if x == 0 {
				return Inf(1)
			}
			return z / ((1 + 0.57721566490153286060651209008240243104215933593992*x) * x)
		}
		z /= x
		x++
	}
	if x == 2 {
		return z
	}
	return z * poly(x-2, gammaP[:]) / poly(x-2, gammaQ[:])
}

// gammaReflected returns gamma(-x) for x > 33, by the reflection formula.
func gammaReflected(x float64) float64 {
	whole := Floor(x)
	sign := 1.0
	if int64(whole)&1 == 0 {
		sign = -1
	}
	frac := x - whole
	if frac > 0.5 {
		frac = x - (whole + 1)
	}
	s := Abs(x * Sin(Pi*frac))
	if s == 0 {
		return Copysign(Inf(1), sign)
	}
	p, q := stirling(x)
	if d := s * p * q; !IsInf(d, 0) {
		return sign * (Pi / d)
	}
	return sign * (Pi / s / p / q)
}

// lgamma around 2, even and odd coefficients.
var lgammaEven = [...]float64{
	7.72156649015328655494e-02, 6.73523010531292681824e-02, 7.38555086081402883957e-03,
	1.19270763183362067845e-03, 2.20862790713908385557e-04, 2.52144565451257326939e-05,
}

// The odd ones.
var lgammaOdd = [...]float64{
	3.22467033424113591611e-01, 2.05808084325167332806e-02, 2.89051383673415629091e-03,
	5.10069792153511336608e-04, 1.08011567247583939954e-04, 4.48640949618915160150e-05,
}

// lgamma around its minimum, every third coefficient.
var lgammaMin0 = [...]float64{
	4.83836122723810047042e-01, -3.27885410759859649565e-02, 6.10053870246291332635e-03,
	-1.40346469989232843813e-03, 3.15632070903625950361e-04,
}

// The next ones.
var lgammaMin1 = [...]float64{
	-1.47587722994593911752e-01, 1.79706750811820387126e-02, -3.68452016781138256760e-03,
	8.81081882437654011382e-04, -3.12754168375120860518e-04,
}

// The last ones.
var lgammaMin2 = [...]float64{
	6.46249402391333854778e-02, -1.03142241298341437450e-02, 2.25964780900612472250e-03,
	-5.38595305356740546715e-04, 3.35529192635519073543e-04,
}

// lgamma around 1.
var lgammaOneP = [...]float64{
	-7.72156649015328655494e-02, 6.32827064025093366517e-01, 1.45492250137234768737e+00,
	9.77717527963372745603e-01, 2.28963728064692451092e-01, 1.33810918536787660377e-02,
}

// Its denominator.
var lgammaOneQ = [...]float64{
	1.0, 2.45597793713041134822e+00, 2.12848976379893395361e+00,
	7.69285150456672783825e-01, 1.04222645593369134254e-01, 3.21709242282423911810e-03,
}

// lgamma from 2 to 3.
var lgammaTwoP = [...]float64{
	-7.72156649015328655494e-02, 2.14982415960608852501e-01, 3.25778796408930981787e-01,
	1.46350472652464452805e-01, 2.66422703033638609560e-02, 1.84028451407337715652e-03,
	3.19475326584100867617e-05,
}

// Its denominator.
var lgammaTwoQ = [...]float64{
	1.0, 1.39200533467621045958e+00, 7.21935547567138069525e-01,
	1.71933865632803078993e-01, 1.86459191715652901344e-02, 7.77942496381893596434e-04,
	7.32668430744625636189e-06,
}

// Stirling's series of 1/x, for lgamma.
var lgammaFar = [...]float64{
	8.33333333333329678849e-02, -2.77777777728775536470e-03, 7.93650558643019558500e-04,
	-5.95187557450339963135e-04, 8.36339918996282139126e-04, -1.63092934096575273989e-03,
}

// Lgamma returns the logarithm of |Gamma(x)|, and the sign of Gamma(x).
func Lgamma(x float64) (lgamma float64, sign int) {
	a := Abs(x)
	switch {
	case x-x != 0:
		return x, 1
	case x == 0:
		return Inf(1), 1
	case a < 0x1p-70:
		if x < 0 {
			return -Log(a), -1
		}
		return -Log(a), 1
	case x > 0:
		return lgammaPositive(x), 1
	case a >= 1<<52 || a == Floor(a):
		return Inf(1), 1
	}
	s := sinPi(a)
	sign = 1
	if s > 0 {
		sign = -1
	}
	return Log(Pi/Abs(s*a)) - lgammaPositive(a), sign
}

// sinPi returns sin(Pi*x) for a positive x that is no integer.
func sinPi(x float64) float64 {
	if x < 0.25 {
		return Sin(Pi * x)
	}
	x = Mod(x, 2)
	switch int(x * 4) {
	case 0:
		return Sin(Pi * x)
	case 1, 2:
		return Cos(Pi * (0.5 - x))
	case 3, 4:
		return Sin(Pi * (1 - x))
	case 5, 6:
		return -Cos(Pi * (x - 1.5))
	}
	return Sin(Pi * (x - 2))
}

func lgammaPositive(x float64) float64 {
	switch {
	case x == 1 || x == 2:
		return 0
	case x < 2:
		return lgammaBelow2(x)
	case x < 8:
		n := int(x)
		y := x - float64(n)
		r := 0.5*y + y*poly(y, lgammaTwoP[:])/poly(y, lgammaTwoQ[:])
		if n == 2 {
			return r
		}
		z := 1.0
		for n--; n >= 2; n-- {
			z *= y + float64(n)
		}
		return r + Log(z)
	case x < 1<<58:
		z := 1 / x
		return (x-0.5)*(Log(x)-1) + (4.18938533204672725052e-01 + z*poly(z*z, lgammaFar[:]))
	}
	return x * (Log(x) - 1)
}

// lgammaBelow2 measures x from the nearest of 1, 2 and the minimum between.
func lgammaBelow2(x float64) float64 {
	const (
		minimum = 1.461632144968362245
		center  = 1.46163214496836224576e+00
	)
	r, one := 0.0, 1.0
	if x <= 0.9 {
		// lgamma(x) = lgamma(x+1) - log(x)
		r = -Log(x)
		one = 0
	}
	switch {
	case x >= minimum-(1-one)+0.27:
		y := one + 1 - x
		z := y * y
		return r + (y*poly(z, lgammaEven[:]) + z*poly(z, lgammaOdd[:]) - 0.5*y)
	case x >= minimum-(1-one)-0.27:
		y := x - (center - (1 - one))
		z := y * y
		w := z * y
		p := z*poly(w, lgammaMin0[:]) - (-3.63867699703950536541e-18 -
			w*(poly(w, lgammaMin1[:])+y*poly(w, lgammaMin2[:])))
		return r + (-1.21486290535849611461e-01 + p)
	}
	y := x - one
	return r + (-0.5*y + y*poly(y, lgammaOneP[:])/poly(y, lgammaOneQ[:]))
}
