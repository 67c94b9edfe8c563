package main

type T struct{ a int }

func main() {
	if x == T{1} { // error: syntax error: unexpected { at end of statement
	}
} // error: syntax error: non-declaration statement outside function body
