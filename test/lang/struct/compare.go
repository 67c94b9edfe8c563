// Equality goes field by field: floats, strings, interfaces, arrays; blank fields do not count.
package main

import (
	"fmt"
	"math"
)

type all struct {
	b  bool
	i8 int8
	i  int64
	f  float64
	s  string
	e  any
	a  [2]int16
	p  *int
}

func main() {
	n := 1
	x := all{true, 1, 2, 3.5, "s", 4, [2]int16{5, 6}, &n}
	y := x
	fmt.Println(x == y) // expect: true
	y.s = string([]byte{'s'})
	y.e = 2 + 2
	fmt.Println(x == y) // expect: true
	y.a[1]++
	fmt.Println(x == y)
	// expect: false
	x.f, y = math.NaN(), x
	y = x
	fmt.Println(x == y) // expect: false
	var a, b any = all{s: "q"}, all{s: "q"}
	fmt.Println(a == b, a == any(all{s: "r"})) // expect: true false
	type t struct {
		_ int
		v int
	}
	fmt.Println(t{v: 1} == t{v: 1}) // expect: true
	z1, z2 := math.Copysign(0, -1), 0.0
	fmt.Println(struct{ f float64 }{z1} == struct{ f float64 }{z2}) // expect: true
}
