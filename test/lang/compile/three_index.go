package main

func main() {
	s := "abc"
	_ = s[0:1:2] // error: invalid operation: 3-index slice of string
	a := []int{1, 2, 3}
	_ = a[::2] // error: middle index required in 3-index slice
	_ = a[1::2] // error: middle index required in 3-index slice
	_ = a[1:2:] // error: final index required in 3-index slice
}
