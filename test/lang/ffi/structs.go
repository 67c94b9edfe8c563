package main

import (
	"fmt"
	"math"
	"unsafe"

	"github.com/ebitengine/purego"
)

// Padding is a field of its own: package purego under Go does not see it otherwise.
type inner struct {
	a int8
	_ [3]int8
	f float32
}
type mixed struct {
	i inner
	d float64
}
type big struct {
	v [5]int64
	m mixed
}
type cf struct{ re, im float32 }
type small struct{ a, b, c, d int8 }
type floats struct{ a, b, c float32 }
type pointers struct {
	p *int
	q unsafe.Pointer
}
type spread struct {
	d float64
	p *int
}

// Structs by value through callbacks, both ways, and functions that come from C.
func main() {
	back := func(fn any, as any) { purego.RegisterFunc(as, purego.NewCallback(fn)) }

	// A Go function behind a C pointer behind a Go function.
	var one func(mixed, int32, big) mixed
	back(func(m mixed, n int32, b big) mixed {
		return mixed{inner{a: m.i.a + int8(n), f: m.i.f + b.m.i.f}, m.d + float64(b.v[4])}
	}, &one)
	m := one(mixed{inner{a: 1, f: 2}, 3}, 4, big{[5]int64{1, 2, 3, 4, 5}, mixed{inner{a: 6, f: 7.5}, 8}})
	fmt.Println(m.i.a, m.i.f, m.d) // expect: 5 9.5 8

	var two func(big) big
	back(func(b big) big {
		for i := range b.v {
			b.v[i] *= 2
		}
		b.m.d = -b.m.d
		return b
	}, &two)
	b := two(two(big{[5]int64{1, 2, 3, 4, 5}, mixed{inner{a: 6, f: 7.5}, 8}}))
	fmt.Println(b.v, b.m.i.a, b.m.i.f, b.m.d) // expect: [4 8 12 16 20] 6 7.5 8

	var three func(a, b, c, d, e, f, g, h, i float64, j, k, l, m, n, o, p int8) int64
	back(func(a, b, c, d, e, f, g, h, i float64, j, k, l, m, n, o, p int8) int64 {
		return int64(a+b+c+d+e+f+g+h+i) + int64(j) + int64(k) + int64(l) + int64(m) + int64(n) + int64(o)*10 + int64(p)*100
	}, &three)
	fmt.Println(three(1, 2, 3, 4, 5, 6, 7, 8, 9, -1, -2, -3, -4, -5, -6, -7)) // expect: -730

	var four func(bool, uint8, int16, float32, uintptr, *int, unsafe.Pointer) bool
	x := new(int)
	*x = 7
	back(func(b bool, u uint8, i int16, f float32, p uintptr, q *int, r unsafe.Pointer) bool {
		*q++
		return !b && u == 200 && i == -300 && f == 1.5 && p == 1<<40 && r == unsafe.Pointer(q)
	}, &four)
	fmt.Println(four(false, 200, -300, 1.5, 1<<40, x, unsafe.Pointer(x)), four(true, 0, 0, 0, 0, x, nil), *x) // expect: true false 9

	// Small ones in one register or two of either kind, after all registers are taken, with pointers.
	var five func(t floats, a, b, c, d, e, f, g int64, s small) small
	back(func(t floats, a, b, c, d, e, f, g int64, s small) small {
		return small{s.d, s.c + int8(a+g), s.b, int8(t.a + t.b*t.c)}
	}, &five)
	fmt.Println(five(floats{1, 2, 3}, 1, 2, 3, 4, 5, 6, 7, small{1, 2, 3, -4})) // expect: {-4 11 2 7}
	var six func(p pointers, n int, s spread) pointers
	back(func(p pointers, n int, s spread) pointers {
		*p.p += n
		*s.p += int(s.d)
		return pointers{s.p, unsafe.Pointer(p.p)}
	}, &six)
	y := new(int)
	p := six(pointers{x, nil}, 30, spread{2.5, y})
	fmt.Println(*x, *y, p.p == y, p.q == unsafe.Pointer(x)) // expect: 39 2 true true

	// A function that C returns.
	var dlsym func(handle uintptr, name string) func(float64) float64
	purego.RegisterLibFunc(&dlsym, purego.RTLD_DEFAULT, "dlsym")
	libm, _ := purego.Dlopen("libm.so.6", purego.RTLD_NOW)
	fmt.Println(dlsym(libm, "sqrt")(2) == math.Sqrt2, dlsym(libm, "nothing") == nil) // expect: true true

	var cexpf func(cf) cf
	purego.RegisterLibFunc(&cexpf, libm, "cexpf")
	fmt.Println(cexpf(cf{0, 0}), cexpf(cf{0, math.Pi}).re) // expect: {1 0} -1

	// Bool results are 0 or 1, whatever the register holds besides.
	var isdigit func(int32) bool
	purego.RegisterLibFunc(&isdigit, purego.RTLD_DEFAULT, "abs")
	fmt.Println(isdigit(-1), isdigit(0), isdigit(256)) // expect: true false false
	var narrow func(int32) int8
	purego.RegisterLibFunc(&narrow, purego.RTLD_DEFAULT, "abs")
	fmt.Println(narrow(200), narrow(-1)) // expect: -56 1
}
