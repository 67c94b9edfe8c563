package main

func main() {
	f := 1.5
	s := "a"
	_ = f << 1       // error: invalid operation: shifted operand f (variable of type float64) must be integer
	_ = 1 << s       // error: invalid operation: shift count s (variable of type string) must be integer
	_ = 1 << f       // error: invalid operation: shift count f (variable of type float64) must be integer
	_ = 1 << -1      // error: invalid operation: negative shift count -1 (untyped int constant)
	var n = 1.0 << f // error: invalid operation: shift count f (variable of type float64) must be integer
	_ = 1.5 << 2     // error: invalid operation: shifted operand 1.5 (untyped float constant) must be integer
	x := 3
	var g float64 = 1 << x // error: invalid operation: shifted operand 1 (type float64) must be integer
	_, _ = n, g
}
