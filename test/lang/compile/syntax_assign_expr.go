package main

func main() {
	x, y := 1, 2
	if x = y { // error: syntax error: cannot use assignment x = y as value
	}
	f(x = 1) // error: syntax error: unexpected = in argument list; possibly missing comma or )
	x++ + y // error: syntax error: unexpected + at end of statement
	a := x := y // error: syntax error: unexpected := at end of statement
}
