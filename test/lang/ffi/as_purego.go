package main

import (
	"fmt"
	"math"
	"unsafe"

	"github.com/ebitengine/purego"
)

type none struct{}
type nested struct{ a, b none }

func text(p *byte) string {
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(p), n)) != 0 {
		n++
	}
	return string(unsafe.Slice(p, n))
}

// What programs written for package purego under Go rely on.
func main() {
	back := func(fn any, as any) { purego.RegisterFunc(as, purego.NewCallback(fn)) }

	// CDecl says something on Windows only; C passes nothing for an empty struct.
	var qsort func(data []int, n, size uintptr, compare func(_ purego.CDecl, a, b *int) int)
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	data := []int{88, 56, 100, 2, 25}
	qsort(data, 5, 8, func(_ purego.CDecl, a, b *int) int { return *a - *b })
	fmt.Println(data)                                                                       // expect: [2 25 56 88 100]
	purego.SyscallN(purego.NewCallback(func(_ purego.CDecl, a int) { fmt.Println(a) }), 83) // expect: 83
	var labs func(none, int, nested) int
	purego.RegisterLibFunc(&labs, purego.RTLD_DEFAULT, "labs")
	fmt.Println(labs(none{}, -5, nested{})) // expect: 5
	var nothing func(int) none
	purego.RegisterLibFunc(&nothing, purego.RTLD_DEFAULT, "labs")
	fmt.Println(nothing(3)) // expect: {}
	var f func(none, int8, none, float32, none) none
	back(func(_ none, i int8, _ none, f float32, _ none) none {
		fmt.Println(i, f) // expect: -7 1.5
		return none{}
	}, &f)
	fmt.Println(f(none{}, -7, none{}, 1.5, none{})) // expect: {}
	type half struct {
		i int64
		d float64
	}
	var split func(a, b, c none, d, e, f, g, h int, _ none, s half, t float64) int
	back(func(a, b, c none, d, e, f, g, h int, _ none, s half, t float64) int {
		return d + e + f + g + h + int(s.i) + int(s.d) + int(t)
	}, &split)
	fmt.Println(split(none{}, none{}, none{}, 1, 2, 3, 4, 5, none{}, half{600, 70}, 8000)) // expect: 8685

	// Strings, slices, bools and floats where registers have run out.
	var full func(a, b, c, d, e, f, g, h int32, i string, j bool, k int32, l []int32, m string) int32
	back(func(a, b, c, d, e, f, g, h int32, i *byte, j bool, k int32, l *int32, m *byte) int32 {
		fmt.Println(a, b, c, d, e, f, g, h, text(i), j, k, *l, text(m)) // expect: 1 2 3 4 5 6 7 8 nine true 11 12 thirteen
		return -1
	}, &full)
	fmt.Println(full(1, 2, 3, 4, 5, 6, 7, 8, "nine", true, 11, []int32{12}, "thirteen")) // expect: -1
	var tens func(a, b, c, d, e, f, g, h, i, j float32, k *float64, l, m, n float64)
	back(func(a, b, c, d, e, f, g, h, i, j float32, k *float64, l, m, n float64) {
		*k = float64(a*b*c*d*e*f*g*h*i*j) + l + m + n
	}, &tens)
	sum := new(float64)
	tens(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, sum, 0.25, 0.5, 1)
	fmt.Println(*sum) // expect: 3.62880175e+06

	// As many words as SyscallN takes, and floats as words.
	var many func(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, a1, b1, c1, d1, e1, f1 uintptr) uintptr
	code := purego.NewCallback(func(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t, u, v, w, x, y, z, a1, b1, c1, d1, e1, f1 uintptr) uintptr {
		return a + 2*b + 3*c + 4*d + 5*e + 6*f + 7*g + 8*h + 9*i + 10*j + 11*k + 12*l + 13*m + 14*n + 15*o + 16*p +
			17*q + 18*r + 19*s + 20*t + 21*u + 22*v + 23*w + 24*x + 25*y + 26*z + 27*a1 + 28*b1 + 29*c1 + 30*d1 + 31*e1 + 32*f1
	})
	purego.RegisterFunc(&many, code)
	fmt.Println(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32)) // expect: 11440
	words := make([]uintptr, 32)
	for i := range words {
		words[i] = uintptr(i + 1)
	}
	r1, _, _ := purego.SyscallN(code, words...)
	fmt.Println(r1) // expect: 11440
	colour := purego.NewCallback(func(a, b, c, d, e, f, g, h float32) { fmt.Println(a, b, c, d, e, f, g, h) })
	bits := func(f float32) uintptr { return uintptr(math.Float32bits(f)) }
	purego.SyscallN(colour, bits(1.5), bits(2), bits(3), bits(4), bits(5), bits(6), bits(7), bits(8.5)) // expect: 1.5 2 3 4 5 6 7 8.5

	// Arguments in a []any: functions, too, become C's.
	var sort func(data []int, n, size uintptr, rest ...any)
	purego.RegisterLibFunc(&sort, purego.RTLD_DEFAULT, "qsort")
	sort(data, 5, 8, func(a, b *int) int { return *b - *a })
	fmt.Println(data) // expect: [100 88 56 25 2]
	var all func(rest ...any)
	purego.RegisterLibFunc(&all, purego.RTLD_DEFAULT, "qsort")
	all(data, uintptr(5), 8, func(a, b *int) int { return *a - *b })
	fmt.Println(data) // expect: [2 25 56 88 100]
	var slice func(rest []any) uintptr
	purego.RegisterLibFunc(&slice, purego.RTLD_DEFAULT, "strlen")
	fmt.Println(slice([]any{"five!"}), slice([]any{new(int64)})) // expect: 5 0

	// A string that ends in a NUL is passed as it is.
	var index func(s string, c int32) unsafe.Pointer
	purego.RegisterLibFunc(&index, purego.RTLD_DEFAULT, "strchr")
	s := string([]byte("own memory\x00"))
	fmt.Println(uintptr(index(s, 'm'))-uintptr(unsafe.Pointer(unsafe.StringData(s))), index(s, '!') == nil) // expect: 4 true

	// Names that are none.
	this, err := purego.Dlopen("", purego.RTLD_NOW)
	fmt.Println(this != 0, err) // expect: true <nil>
	_, err = purego.Dlsym(this, "")
	_, isDlerror := err.(purego.Dlerror)
	fmt.Println(isDlerror) // expect: true

	// A handle that C's own dlopen returned.
	var dlopen func(path string, mode int32) uintptr
	purego.RegisterLibFunc(&dlopen, purego.RTLD_DEFAULT, "dlopen")
	libm := dlopen("libm.so.6", purego.RTLD_NOW)
	var fabs func(float64) float64
	purego.RegisterLibFunc(&fabs, libm, "fabs")
	fmt.Println(fabs(-1), purego.Dlclose(libm)) // expect: 1 <nil>

	try := func(f func()) {
		defer func() { fmt.Println(recover()) }()
		f()
	}
	try(func() { purego.NewCallback(nil) })                               // expect: purego: the type must be a function but was not
	try(func() { purego.NewCallback(7) })                                 // expect: purego: the type must be a function but was not
	try(func() { purego.NewCallback((func())(nil)) })                     // expect: purego: function must not be nil
	try(func() { purego.NewCallback(func() (int, int) { return 1, 2 }) }) // expect: purego: callbacks can only have one return
	try(func() { purego.SyscallN(0) })                                    // expect: purego: fn is nil
	try(func() { purego.RegisterFunc(nil, 1) })                           // expect: purego: fptr must be a non-nil function pointer
	try(func() { purego.RegisterFunc(42, 1) })                            // expect: purego: fptr must be a non-nil function pointer
	try(func() { purego.RegisterFunc(func() {}, 1) })                     // expect: purego: fptr must be a non-nil function pointer
	try(func() { purego.RegisterFunc((*func())(nil), 1) })                // expect: purego: fptr must be a non-nil function pointer
	try(func() { purego.RegisterFunc(new(int), 1) })                      // expect: purego: fptr must be a function pointer
	try(func() { purego.RegisterFunc(new(*func()), 1) })                  // expect: purego: fptr must be a function pointer
	try(func() { purego.RegisterFunc(new(func() (int, int)), 1) })        // expect: purego: function can only return zero or one values
	try(func() { purego.RegisterFunc(new(func()), 0) })                   // expect: purego: cfn is nil
}
