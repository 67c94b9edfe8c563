// Libm calls C's mathematics: floats, pointers for second results, structs by value; and snprintf, which is variadic.
//
//	tern run examples/ffi/libm.go
package main

import (
	"fmt"

	"github.com/ebitengine/purego"
)

type complexFloat struct{ re, im float64 }

func main() {
	lib, err := purego.Dlopen("libm.so.6", purego.RTLD_NOW|purego.RTLD_GLOBAL)
	if err != nil {
		panic(err)
	}
	var (
		cos, sin, tgamma func(float64) float64
		hypot, pow       func(a, b float64) float64
		sqrtf            func(float32) float32
		lgamma           func(x float64, sign *int32) float64
		modf             func(x float64, whole *float64) float64
		csqrt            func(complexFloat) complexFloat
		lround           func(float64) int
		ilogb            func(float64) int32
		strfromd         func(buf []byte, n uintptr, format string, x float64) int32
		snprintf         func(buf []byte, n uintptr, format string, rest ...any) int32
	)
	for name, fn := range map[string]any{
		"cos": &cos, "sin": &sin, "tgamma": &tgamma, "hypot": &hypot, "pow": &pow, "sqrtf": &sqrtf,
		"lgamma_r": &lgamma, "modf": &modf, "csqrt": &csqrt, "lround": &lround, "ilogb": &ilogb,
	} {
		purego.RegisterLibFunc(fn, lib, name)
	}
	purego.RegisterLibFunc(&strfromd, purego.RTLD_DEFAULT, "strfromd")
	purego.RegisterLibFunc(&snprintf, purego.RTLD_DEFAULT, "snprintf")

	for i := 0; i <= 4; i++ {
		x := float64(i) / 2
		fmt.Printf("%.1f  cos %+.6f  sin %+.6f\n", x, cos(x), sin(x))
	}
	fmt.Println("5! =", tgamma(6), " 2^10 =", pow(2, 10), " |3,4| =", hypot(3, 4), " sqrt 2 =", sqrtf(2))
	var sign int32
	fmt.Printf("lgamma(-1.5) = %.6f, sign %d\n", lgamma(-1.5, &sign), sign)
	var whole float64
	fraction := modf(3.75, &whole)
	fmt.Println("3.75 =", whole, "+", fraction)
	fmt.Println("the root of -4 is", csqrt(complexFloat{-4, 0}))
	fmt.Println(lround(2.5), lround(-2.5), ilogb(1000))

	pi, buf := make([]byte, 20), make([]byte, 80)
	strfromd(pi, uintptr(len(pi)), "%.10f", 4*tangent(lib))
	// Floats for `...` reach C under Tern only.
	n := snprintf(buf, uintptr(len(buf)), "%s is %s; %d of %ld", "pi", pi, int32(1), 2)
	fmt.Println(string(buf[:n]))
}

func tangent(lib uintptr) float64 {
	var atan2 func(y, x float64) float64
	purego.RegisterLibFunc(&atan2, lib, "atan2")
	return atan2(1, 1)
}
