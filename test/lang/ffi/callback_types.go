// tern-only
package main

import (
	"fmt"

	"github.com/ebitengine/purego"
)

type padded struct {
	a int8
	f float32
	i int16
	d float64
}

// What callbacks take and return here, and under Go do not: floats as results, C strings and C functions as arguments,
// structs whose padding is left to the compiler.
func main() {
	back := func(fn any, as any) { purego.RegisterFunc(as, purego.NewCallback(fn)) }
	var one func(float64, float32) float64
	back(func(a float64, b float32) float64 { return a * float64(b) }, &one)
	fmt.Println(one(1.5, 3)) // expect: 4.5
	var two func(a float32) float32
	back(func(a float32) float32 { return a / 2 }, &two)
	fmt.Println(two(3)) // expect: 1.5
	var three func(s string, f func(int32) int32) int32
	back(func(s string, f func(int32) int32) int32 { return f(int32(len(s))) * 10 }, &three)
	fmt.Println(three("four", func(n int32) int32 { return n + 1 })) // expect: 50
	var four func(padded) padded
	back(func(p padded) padded { return padded{p.a * 2, p.f * 2, p.i * 2, p.d * 2} }, &four)
	fmt.Println(four(padded{1, 2, 3, 4})) // expect: {2 4 6 8}
}
