package main

type T int

func main() {
	x := T
	_ = int
	_ = T + 1
	var y 5 // error: syntax error: unexpected literal 5, expected type
	var z x
	_ = []T
	_, _ = x, y
}
