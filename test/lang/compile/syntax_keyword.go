package main

func main() {
	var func = 1 // error: syntax error: unexpected func, expected name
	type := 5 // error: syntax error: unexpected :=, expected name
	var x int = if // error: syntax error: unexpected if, expected expression
} // error: syntax error: unexpected }, expected expression
