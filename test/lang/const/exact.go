// Untyped constants are exact, however big or small on the way.
package main

import (
	"fmt"
	"math"
)

const (
	huge  = 1 << 100
	third = 1.0 / 3
	tiny  = 1e-400
	big   = 1e400
)

func main() {
	fmt.Println(huge >> 98)                        // expect: 4
	fmt.Println(huge/3*3 == huge, huge%7)          // expect: false 2
	fmt.Println(third*3 == 1)                      // expect: true
	fmt.Println(big * tiny)                        // expect: 1
	fmt.Println((1<<200 - 1) / (1<<100 + 1) >> 90) // expect: 1023
	const f = 0.1 + 0.2
	fmt.Println(f == 0.3, f) // expect: true 0.3
	x, y := 0.1, 0.2
	fmt.Println(x+y == 0.3, x+y)                                // expect: false 0.30000000000000004
	fmt.Println(5/2, 5/2.0, 5.0/2, -5/2, -5%3)                  // expect: 2 2.5 2.5 -2 -2
	fmt.Println('a'+1, 'a'*2.0, 7.0/2)                          // expect: 98 194 3.5
	fmt.Println(1<<3.0, 10%3)                                   // expect: 8 1
	fmt.Println(math.MaxUint64/1000000, uint64(math.MaxUint64)) // expect: 18446744073709 18446744073709551615
	fmt.Println(math.Pi*1e15, float32(math.Pi))                 // expect: 3.141592653589793e+15 3.1415927
	const mask = ^0
	fmt.Println(mask, ^uint8(5), -8>>1, 6&^3)    // expect: -1 250 -4 4
	fmt.Println(len("constant"), len([10]int{})) // expect: 8 10
}
