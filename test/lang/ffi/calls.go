package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

type div struct{ quot, rem int32 }
type ldiv struct{ Quot, Rem int64 }

func main() {
	libm, err := purego.Dlopen("libm.so.6", purego.RTLD_NOW|purego.RTLD_GLOBAL)
	fmt.Println(libm != 0, err) // expect: true <nil>
	var cos func(float64) float64
	purego.RegisterLibFunc(&cos, libm, "cos")
	fmt.Println(cos(0), cos(1)) // expect: 1 0.5403023058681398
	var fmaf func(a, b, c float32) float32
	purego.RegisterLibFunc(&fmaf, libm, "fmaf")
	fmt.Println(fmaf(2, 3, 0.5)) // expect: 6.5
	var ldexp func(float64, int32) float64
	purego.RegisterLibFunc(&ldexp, libm, "ldexp")
	fmt.Println(ldexp(1.5, 4)) // expect: 24
	var frexp func(float64, *int32) float64
	purego.RegisterLibFunc(&frexp, libm, "frexp")
	var e int32
	fmt.Println(frexp(48, &e), e) // expect: 0.75 6

	libc := uintptr(purego.RTLD_DEFAULT)
	var abs func(int32) int32
	purego.RegisterLibFunc(&abs, libc, "abs")
	fmt.Println(abs(-7), abs(7)) // expect: 7 7
	var labs func(int) int
	purego.RegisterLibFunc(&labs, libc, "labs")
	fmt.Println(labs(-1 << 40)) // expect: 1099511627776
	var toupper func(c rune) rune
	purego.RegisterLibFunc(&toupper, libc, "toupper")
	fmt.Println(string(toupper('q'))) // expect: Q

	// Strings both ways; a NULL result is "".
	var strlen func(string) uintptr
	purego.RegisterLibFunc(&strlen, libc, "strlen")
	long := make([]byte, 100000)
	for i := range long {
		long[i] = 'x'
	}
	fmt.Println(strlen(""), strlen("hello"), strlen("ends\x00"), strlen(string(long))) // expect: 0 5 4 100000
	var strstr func(a, b string) string
	purego.RegisterLibFunc(&strstr, libc, "strstr")
	fmt.Printf("%q %q\n", strstr("needle in hay", "in"), strstr("hay", "needle")) // expect: "in hay" ""

	// Slices and pointers.
	var memcpy func(dst []byte, src string, n uintptr) unsafe.Pointer
	purego.RegisterLibFunc(&memcpy, libc, "memcpy")
	buf := make([]byte, 5)
	p := memcpy(buf, "abcdefgh", 5)
	fmt.Println(string(buf), p == unsafe.Pointer(&buf[0])) // expect: abcde true
	var memchr func(s []byte, c int32, n int) *byte
	purego.RegisterLibFunc(&memchr, libc, "memchr")
	fmt.Println(string(*memchr(buf, 'd', 5)), memchr(buf, 'z', 5) == nil) // expect: d true

	// Structs by value.
	var cdiv func(a, b int32) div
	purego.RegisterLibFunc(&cdiv, libc, "div")
	fmt.Println(cdiv(17, 5)) // expect: {3 2}
	var cldiv func(a, b int64) ldiv
	purego.RegisterLibFunc(&cldiv, libc, "ldiv")
	fmt.Println(cldiv(-17, 5)) // expect: {-3 -2}

	// Variadic: integers and pointers. Floats are in variadic.go.
	var snprintf func(buf []byte, n uintptr, format string, rest ...any) int32
	purego.RegisterLibFunc(&snprintf, libc, "snprintf")
	out := make([]byte, 200)
	print := func(format string, rest ...any) string {
		n := snprintf(out, uintptr(len(out)), format, rest...)
		return string(out[:n])
	}
	fmt.Println(print("plain"))                                                // expect: plain
	fmt.Println(print("%d %s %c %ld", int32(7), "seven", 'x', 1<<40))          // expect: 7 seven x 1099511627776
	fmt.Println(print("%d %d %u %d", int8(-3), int16(-300), uint8(200), true)) // expect: -3 -300 200 1
	fmt.Println(print("%d%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7, 8))             // expect: 12345678

	// The same function variable, with another function; and as an address.
	address, err := purego.Dlsym(libm, "sin")
	fmt.Println(err) // expect: <nil>
	purego.RegisterFunc(&cos, address)
	fmt.Println(cos(0)) // expect: 0

	r1, _, _ := purego.SyscallN(must(purego.Dlsym(libc, "labs")), ^uintptr(41))
	fmt.Println(r1) // expect: 42
}

func must(p uintptr, err error) uintptr {
	if err != nil {
		panic(err)
	}
	return p
}
