// min and max of numbers and strings; NaN wins.
package main

import (
	"fmt"
	"math"
)

func main() {
	a, b, c := 3, 1, 2
	fmt.Println(min(a, b, c), max(a, b, c), min(a), max(a, 10))   // expect: 1 3 3 10
	fmt.Println(min(2.5, 1), max("a", "b", "ab"), min("x", "xa")) // expect: 1 b x
	x, nan := 1.0, math.NaN()
	fmt.Println(min(x, nan), max(nan, x), min(x, math.Inf(-1)), max(x, 2)) // expect: NaN NaN -Inf 2
	z, nz := 0.0, math.Copysign(0, -1)
	fmt.Println(1/min(z, nz), 1/max(nz, z)) // expect: -Inf +Inf
	const k = min(1, 2.5) + max(3, 'a')
	fmt.Println(k) // expect: 98
	var u uint8 = 200
	fmt.Println(max(u, 100), min(u, 7)) // expect: 200 7
	s := "m"
	fmt.Println(max(s, "n"), min(s, "n", "a")) // expect: n a
	var f32 float32 = 1.5
	fmt.Println(min(f32, 2)) // expect: 1.5
}
