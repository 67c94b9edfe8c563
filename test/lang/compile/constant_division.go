package main

func main() {
	x := 5
	_ = 1 / 0   // error: invalid operation: division by zero
	_ = x / 0   // error: invalid operation: division by zero
	_ = x % 0   // error: invalid operation: division by zero
	_ = 1.5 / 0 // error: invalid operation: division by zero
	const z = 0
	_ = x / z     // error: invalid operation: division by zero
	_ = 1.0 / 0.0 // error: invalid operation: division by zero
}
