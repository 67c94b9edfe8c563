// make with a negative length.
package main

func main() {
	n := -5
	_ = make([]int, n) // panic: runtime error: makeslice: len out of range
}
