package main

func main() {
	x := 1 +
	y := * 2 // error: syntax error: unexpected := at end of statement
	z := ) // error: syntax error: unexpected ), expected expression
}
