package main

func main() {
	var i int = 1.5 // error: cannot use 1.5 (untyped float constant) as int value in variable declaration (truncated)
	_ = int(2.7)    // error: cannot convert 2.7 (untyped float constant) to type int
	var s []int
	_ = s[1.5]             // error: 1.5 (untyped float constant) truncated to int
	var b byte = 'a' + 0.5 // error: cannot use 'a' + 0.5 (untyped float constant 97.5) as byte value in variable declaration (truncated)
	_ = 1 << 1.5           // error: 1.5 (untyped float constant) truncated to uint
	_, _ = i, b
}
