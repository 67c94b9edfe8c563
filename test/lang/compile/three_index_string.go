package main

func main() {
	s := "abc"
	_ = s[0:1:2] // error: invalid operation: 3-index slice of string
	a := []int{1, 2, 3}
	_ = a[2:1]  // error: invalid slice indices: 1 < 2
	_ = a["x":] // error: cannot convert "x" (untyped string constant) to type int
	_ = a[1.0:2]
	_ = a[0:5:3] // error: invalid slice indices: 3 < 5
}
