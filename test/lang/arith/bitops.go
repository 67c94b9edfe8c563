// And, or, xor, and-not, complement; precedence.
package main

import (
	"fmt"
	"math/bits"
)

func main() {
	a, b := 0b1100, 0b1010
	fmt.Printf("%04b %04b %04b %04b\n", a&b, a|b, a^b, a&^b)      // expect: 1000 1110 0110 0100
	fmt.Println(^a, ^0, -^a, ^-1)                                 // expect: -13 -1 13 0
	fmt.Println(1+2*3, 1<<2+1, 5&3+1, 6|1&3, 2*3%4, 7-3-2, 1|2^3) // expect: 7 5 2 7 2 2 0
	fmt.Println(3 == 1+2 && 2 < 3 || false, !true == false)       // expect: true true
	x := 0xff
	x &= 0x3c
	fmt.Println(x) // expect: 60
	x |= 1
	x ^= 0xf
	fmt.Println(x) // expect: 50
	x &^= 0x30
	fmt.Println(x) // expect: 2
	var u8 uint8 = 0xf0
	fmt.Println(^u8, u8^0xff, u8&^0x80, -u8)                                                                                                      // expect: 15 15 112 16
	fmt.Println(bits.OnesCount8(u8), bits.LeadingZeros32(1), bits.TrailingZeros64(8), bits.Len(255), bits.RotateLeft8(0x81, 1), bits.Reverse8(1)) // expect: 4 31 3 8 3 128
}
