package main

func main() {
	a, b := 1, 2                 // error: declared and not used: a
	var c string                 // error: declared and not used: c
	for i, v := range []int{1} { // error: declared and not used: i
		_ = v
	}
	x := 5 // error: declared and not used: x
	x = 6
	f := func() { // error: declared and not used: f
		y := 1 // error: declared and not used: y
	}
	_ = b
}
