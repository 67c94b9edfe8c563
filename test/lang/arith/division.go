// Division truncates toward zero; the smallest number divided by -1 is itself.
package main

import (
	"fmt"
	"math"
)

func div(a, b int) (int, int) { return a / b, a % b }

func main() {
	fmt.Println(div(7, 2))   // expect: 3 1
	fmt.Println(div(-7, 2))  // expect: -3 -1
	fmt.Println(div(7, -2))  // expect: -3 1
	fmt.Println(div(-7, -2)) // expect: 3 -1
	m := math.MinInt64
	fmt.Println(div(m, -1)) // expect: -9223372036854775808 0
	var m32 int32 = math.MinInt32
	var m1 int32 = -1
	fmt.Println(m32/m1, m32%m1) // expect: -2147483648 0
	var m8, n8 int8 = -128, -1
	fmt.Println(m8/n8, m8%n8)         // expect: -128 0
	fmt.Println(m8/10, m8%10, m8/127) // expect: -12 -8 -1
	var u uint = 1 << 63
	fmt.Println(u/3, u%10, u/(u-1)) // expect: 3074457345618258602 8 1
	x := -9
	fmt.Println(x/4, x>>2, x%4, x&3) // expect: -2 -3 -1 3
	x /= 2
	fmt.Println(x) // expect: -4
	x %= 3
	fmt.Println(x)         // expect: -1
	fmt.Println(x/1, x/-1) // expect: -1 1
}
