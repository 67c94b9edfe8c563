package main

func main() {
	s := "a"
	_ = int("5")     // error: cannot convert "5" (untyped string constant) to type int
	_ = string(1.5)  // error: cannot convert 1.5 (untyped float constant) to type string
	_ = []int("abc") // error: cannot convert "abc" (untyped string constant) to type []int
	_ = float64(s)   // error: cannot convert s (variable of type string) to type float64
	_ = bool(1)      // error: cannot convert 1 (untyped int constant) to type bool
	_ = int(true)    // error: cannot convert true (untyped bool constant) to type int
	_ = []byte(5)    // error: cannot convert 5 (untyped int constant) to type []byte
	_ = (*int)(5)    // error: cannot convert 5 (untyped int constant) to type *int
	_ = error(s)     // error: cannot convert s (variable of type string) to type error: string does not implement error (missing method Error)
	_ = s + 'x'      // error: invalid operation: s + 'x' (mismatched types string and untyped rune)
}
