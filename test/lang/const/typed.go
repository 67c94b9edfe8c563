// Typed constants, conversions of constants, default types.
package main

import "fmt"

type Celsius float64

const (
	boiling Celsius = 100
	i8      int8    = -128
	u8              = uint8(255)
	r               = 'x'
	s               = "str"
	flag            = 3 > 2
)

func kind(v any) string { return fmt.Sprintf("%T", v) }

func main() {
	fmt.Println(kind(boiling), kind(i8), kind(u8), kind(r), kind(s), kind(flag))       // expect: main.Celsius int8 uint8 int32 string bool
	fmt.Println(kind(1), kind(1.0), kind('a'), kind(1<<3), kind(2.0*3), kind('a'+1.0)) // expect: int float64 int32 int float64 float64
	fmt.Println(boiling*9/5+32, i8, u8)                                                // expect: 212 -128 255
	var f32 float32 = 1 << 24
	fmt.Println(f32 + 1) // expect: 1.6777216e+07
	var d = 1.0 << 3
	fmt.Println(d, kind(d)) // expect: 8 int
	var k uint = 3
	var w int64 = 1 << k
	var h = uint8(1)<<7 + 1
	fmt.Println(w, h)                                               // expect: 8 129
	fmt.Println(string(rune(65)), float64(3), int(4.0), uint8('a')) // expect: A 3 4 97
	const big = 1 << 62
	fmt.Println(big*2 - 1 + big*0) // expect: 9223372036854775807
}
