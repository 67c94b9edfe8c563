package main

func main() {
	a b // error: syntax error: unexpected name b at end of statement
	x := 1 2 // error: syntax error: unexpected literal 2 at end of statement
	for i := 0; i < 3 { // error: syntax error: unexpected {, expected semicolon or newline
	} // error: syntax error: unexpected }, expected expression
}
