package main

func main() {
	a, s, b := 1, "x", true
	_ = a + s   // error: invalid operation: a + s (mismatched types int and string)
	_ = a && b  // error: invalid operation: a && b (mismatched types int and bool)
	_ = s - s   // error: invalid operation: operator - not defined on s (variable of type string)
	_ = !a      // error: invalid operation: operator ! not defined on a (variable of type int)
	_ = -s      // error: invalid operation: operator - not defined on s (variable of type string)
	_ = b < b   // error: invalid operation: b < b (operator < not defined on bool)
	_ = a + 1.5 // error: 1.5 (untyped float constant) truncated to int
	_ = s == a  // error: invalid operation: s == a (mismatched types string and int)
	_ = ^2.5    // error: invalid operation: operator ^ not defined on 2.5 (untyped float constant)
	_ = 1.5 % 2 // error: invalid operation: operator % not defined on 1.5 (untyped float constant)
}
