// Conversions between integers cut off or extend by the sign of the source.
package main

import (
	"fmt"
	"math"
)

func main() {
	x := 0x1234567890abcdef
	fmt.Printf("%x %x %x\n", uint8(x&0xff), uint16(x&0xffff), uint32(x&0xffffffff)) // expect: ef cdef 90abcdef
	fmt.Println(int8(x&0xff-0x100), int16(x), int32(x), uint32(x))                  // expect: -17 -12817 -1867788817 2427178479
	n := -1
	fmt.Println(uint8(n), uint16(n), uint32(n), uint64(n), uint(n))
	// expect: 255 65535 4294967295 18446744073709551615 18446744073709551615
	var i8 int8 = -5
	fmt.Println(int64(i8), uint64(i8), uint16(i8), int32(uint8(i8))) // expect: -5 18446744073709551611 65531 251
	var u8 uint8 = 200
	fmt.Println(int8(u8), int(u8), int64(int8(u8))) // expect: -56 200 -56
	var u64 uint64 = 1<<63 + 5
	fmt.Println(int64(u64), int32(u64), uint32(u64)) // expect: -9223372036854775803 5 5
	var r rune = 'é'
	fmt.Println(byte(r), int(r)) // expect: 233 233
	type my int16
	fmt.Println(my(x), int(my(-3)))                         // expect: -12817 -3
	fmt.Println(uint32(u64)+math.MaxUint32, uint16(u8)-201) // expect: 4 65535
}
