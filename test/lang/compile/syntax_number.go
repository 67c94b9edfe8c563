package main

func main() {
	_ = 08 // error: invalid digit '8' in octal literal
	_ = 0b12 // error: invalid digit '2' in binary literal
	_ = 0x // error: hexadecimal literal has no digits
	_ = 1e // error: exponent has no digits
	_ = 1__0 // error: '_' must separate successive digits
	_ = 0o8 // error: invalid digit '8' in octal literal
	_ = 0x1.5 // error: hexadecimal mantissa requires a 'p' exponent
	_ = 1_ // error: '_' must separate successive digits
}
