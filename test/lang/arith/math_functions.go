// The math package.
package main

import (
	"fmt"
	"math"
	"math/bits"
)

func main() {
	fmt.Println(math.Sqrt(2), math.Floor(-1.5), math.Ceil(-1.5), math.Trunc(-1.5), math.Round(2.5), math.Round(-0.4), math.RoundToEven(2.5))                     // expect: 1.4142135623730951 -2 -1 -1 3 -0 2
	fmt.Println(math.Abs(-3.5), math.Max(1, math.NaN()), math.Min(-0.0, 0), math.Mod(-7, 3), math.Pow(2, 0.5), math.Pow(2, 10), math.Hypot(3, 4), math.Cbrt(27)) // expect: 3.5 NaN 0 -1 1.4142135623730951 1024 5 3
	fmt.Printf("%.12g %.12g %.12g %.12g %.12g\n", math.Sin(1), math.Cos(1), math.Tan(1), math.Atan2(1, -1), math.Exp(1))
	// expect: 0.841470984808 0.540302305868 1.55740772465 2.35619449019 2.71828182846
	fmt.Printf("%.12g %.12g %.12g %.12g\n", math.Log(10), math.Log2(8), math.Log10(1000), math.Log1p(1e-10)) // expect: 2.30258509299 3 3 9.9999999995e-11
	fmt.Println(math.IsNaN(math.NaN()), math.IsInf(math.Inf(-1), -1), math.Signbit(-0.5), math.MaxInt64, math.MinInt64, math.MaxUint32)
	// expect: true true true 9223372036854775807 -9223372036854775808 4294967295
	fr, ex := math.Frexp(10)
	in, fp := math.Modf(-3.25)
	fmt.Println(fr, ex, in, fp, math.Ldexp(0.5, 4), math.Float64bits(1.5), math.Float32bits(1.5), math.Float64frombits(0x4000000000000000)) // expect: 0.625 4 -3 -0.25 8 4609434218613702656 1069547520 2
	fmt.Println(math.Sqrt(-1), math.Log(0), math.Log(-1), math.Pow(0, -1), math.Inf(1)-math.Inf(1))                                         // expect: NaN -Inf NaN +Inf NaN
	hi, lo := bits.Mul64(1<<63, 6)
	q, r := bits.Div64(1, 0, 3)
	s, c := bits.Add64(1<<63, 1<<63, 1)
	fmt.Println(hi, lo, q, r, s, c, bits.Len64(1<<40), bits.TrailingZeros(40), bits.OnesCount(255), bits.ReverseBytes32(0x01020304)) // expect: 3 0 6148914691236517205 1 1 1 41 3 8 67305985
}
