// IEEE arithmetic: infinities, NaN, signed zero, rounding of float32.
package main

import (
	"fmt"
	"math"
)

func main() {
	var z float64
	inf, nan := 1/z, z/z
	fmt.Println(inf, -inf, nan, inf-inf, inf*0)                        // expect: +Inf -Inf NaN NaN NaN
	fmt.Println(nan == nan, nan != nan, nan < 1, nan > 1, !(nan >= 1)) // expect: false true false false true
	nz := -z
	fmt.Println(nz, 1/nz, math.Copysign(0, -1), 1/math.Copysign(0, -1), z == math.Copysign(0, -1)) // expect: -0 -Inf -0 -Inf true
	var f32 float32 = 16777216
	fmt.Println(f32+1 == f32, f32*3) // expect: true 5.033165e+07
	var a, b float32 = 0.1, 0.2
	fmt.Println(a+b, float64(a), float64(a+b)) // expect: 0.3 0.10000000149011612 0.30000001192092896
	x := 0.1
	sum := 0.0
	for i := 0; i < 10; i++ {
		sum += x
	}
	fmt.Println(sum, sum == 1)                                         // expect: 0.9999999999999999 false
	fmt.Println(-math.MaxFloat64*x*100, math.SmallestNonzeroFloat64*x) // expect: -Inf 0
	big := 1e308
	fmt.Println(big*10, big*10-big*10) // expect: +Inf NaN
	y := 5.5
	y++
	y /= 2
	fmt.Println(y) // expect: 3.25
	m := 1e16
	fmt.Println(m+1-m, (m+2)-m)           // expect: 0 2
	fmt.Println(x*3 == 0.3, 0.1*3 == 0.3) // expect: false true
}
