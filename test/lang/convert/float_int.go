// Floats become integers by truncation, integers become the nearest float.
package main

import (
	"fmt"
	"math"
)

func main() {
	for _, f := range []float64{0, 0.9, -0.9, 1.5, -1.5, 2.5, 1e9, -1e9, 123456789.987} {
		fmt.Println(f, int(f), int32(f), int64(f))
	}
	// expect: 0 0 0 0
	// expect: 0.9 0 0 0
	// expect: -0.9 0 0 0
	// expect: 1.5 1 1 1
	// expect: -1.5 -1 -1 -1
	// expect: 2.5 2 2 2
	// expect: 1e+09 1000000000 1000000000 1000000000
	// expect: -1e+09 -1000000000 -1000000000 -1000000000
	// expect: 1.23456789987e+08 123456789 123456789 123456789
	big := 1<<53 + 1
	fmt.Println(float64(big), int(float64(big)))          // expect: 9.007199254740992e+15 9007199254740992
	fmt.Println(float32(16777217), float64(float32(0.1))) // expect: 1.6777216e+07 0.10000000149011612
	var u uint64 = 1<<63 + 1<<62
	fmt.Println(float64(u), uint64(float64(u)))                        // expect: 1.3835058055282164e+19 13835058055282163712
	fmt.Println(uint64(1e19), float64(uint64(math.MaxUint64)))         // expect: 10000000000000000000 1.8446744073709552e+19
	fmt.Println(float64(int64(math.MinInt64)), float32(math.MaxInt32)) // expect: -9.223372036854776e+18 2.1474836e+09
	g := 200.7
	fmt.Println(uint8(g), int16(-g), uint32(4e9)) // expect: 200 -200 4000000000
	h := 4e9
	fmt.Println(uint32(h), int64(h*1e9))         // expect: 4000000000 4000000000000000000
	fmt.Println(float32(1e40*1e-10), float32(g)) // expect: 1e+30 200.7
}
