// Integers wrap around at their width, signed ones too.
package main

import (
	"fmt"
	"math"
)

func main() {
	var i8 int8 = 127
	i8++
	fmt.Println(i8)
	// expect: -128
	i8 = -128
	i8--
	fmt.Println(i8)
	// expect: 127
	var i16 int16 = 32767
	i16 += 2
	fmt.Println(i16) // expect: -32767
	var i32 int32 = math.MaxInt32
	fmt.Println(i32 + 1) // expect: -2147483648
	var i64 int64 = math.MaxInt64
	fmt.Println(i64 + 1)       // expect: -9223372036854775808
	fmt.Println(i64 + i64 + 3) // expect: 1
	var u8 uint8 = 0
	u8--
	fmt.Println(u8)
	// expect: 255
	var u16 uint16 = 65535
	fmt.Println(u16*u16, u16+1) // expect: 1 0
	var u32 uint32 = 1 << 31
	fmt.Println(u32*2, u32<<1, -u32) // expect: 0 0 2147483648
	var u64 uint64 = 0
	fmt.Println(u64-1, ^u64) // expect: 18446744073709551615 18446744073709551615
	m := int64(math.MinInt64)
	fmt.Println(-m, m*-1, m-1)
	// expect: -9223372036854775808 -9223372036854775808 9223372036854775807
	a, b := int8(100), int8(100)
	fmt.Println(a+b, a*b, a-b*2) // expect: -56 16 -100
	if int(a)+int(b) > 127 {
		fmt.Println("no overflow in int")
	}
	// expect: no overflow in int
	c := uint8(200)
	fmt.Println(c+100 < c, c<<1, c>>1, ^c) // expect: true 144 100 55
}
