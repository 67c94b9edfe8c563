package main

func main() {
	a := 1 # 2 // error: invalid character U+0023 '#' // error: syntax error: unexpected literal 2 at end of statement
	b := 3 ? 4 : 5 // error: invalid character U+003F '?' // error: syntax error: unexpected literal 4 at end of statement
	c := $x // error: invalid character U+0024 '$'
	d := 1 @ 2 // error: invalid character U+0040 '@' // error: syntax error: unexpected literal 2 at end of statement
}
