package main

func main() {
	var i8 int8 = 128    // error: cannot use 128 (untyped int constant) as int8 value in variable declaration (overflows)
	var u8 uint8 = 256   // error: cannot use 256 (untyped int constant) as uint8 value in variable declaration (overflows)
	var u uint = -1      // error: cannot use -1 (untyped int constant) as uint value in variable declaration (overflows)
	var i int = 1 << 64  // error: cannot use 1 << 64 (untyped int constant 18446744073709551616) as int value in variable declaration (overflows)
	_ = int16(40000)     // error: constant 40000 overflows int16
	_ = uint8(-5)        // error: constant -5 overflows uint8
	var f float32 = 1e40 // error: cannot use 1e40 (untyped float constant 1e+40) as float32 value in variable declaration (overflows)
	_ = []byte{300}      // error: cannot use 300 (untyped int constant) as byte value in array or slice literal (overflows)
	const big = 1 << 100
	var x = big // error: cannot use big (untyped int constant 1267650600228229401496703205376) as int value in variable declaration (overflows)
	_, _, _, _, _, _ = i8, u8, u, i, f, x
}
