package main

func main() {
	var x // error: syntax error: unexpected newline, expected type
	var y int int // error: syntax error: unexpected name int at end of statement
	const z = 
	_ = 1 // error: syntax error: unexpected = at end of statement
}
