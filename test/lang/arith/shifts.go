// Shifts of any count, of any width, arithmetic and logical.
package main

import "fmt"

func main() {
	var n uint = 70
	x := 1
	fmt.Println(x<<n, -1>>n, 1>>n) // expect: 0 -1 0
	var i8 int8 = -128
	fmt.Println(i8>>1, i8>>7, i8>>8, i8>>200, i8<<1) // expect: -64 -1 -1 -1 0
	var u8 uint8 = 0x81
	fmt.Println(u8<<1, u8>>1, u8<<8, u8>>8) // expect: 2 64 0 0
	var i32 int32 = -5
	for _, k := range []int{0, 1, 2, 31, 32, 63, 64, 100} {
		fmt.Println(k, i32<<k, i32>>k, uint32(i32)>>k, int64(i32)<<k, uint64(1)<<k)
	}
	// expect: 0 -5 -5 4294967291 -5 1
	// expect: 1 -10 -3 2147483645 -10 2
	// expect: 2 -20 -2 1073741822 -20 4
	// expect: 31 -2147483648 -1 1 -10737418240 2147483648
	// expect: 32 0 -1 0 -21474836480 4294967296
	// expect: 63 0 -1 0 -9223372036854775808 9223372036854775808
	// expect: 64 0 -1 0 0 0
	// expect: 100 0 -1 0 0 0
	s := int8(3)
	x <<= s
	fmt.Println(x) // expect: 8
	x >>= 1
	fmt.Println(x) // expect: 4
	var w uint64 = 1<<63 | 1
	fmt.Println(w<<1, w>>63, w>>1<<1)            // expect: 2 1 9223372036854775808
	fmt.Println(uint16(1)<<15>>15, int16(u8)<<8) // expect: 1 -32512
	var sh uint8 = 255
	fmt.Println(1<<sh == 0, uint32(1)<<(sh&31)) // expect: true 2147483648
}
