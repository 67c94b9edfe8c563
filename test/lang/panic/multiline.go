// A text with newlines and other odd characters is printed as it is.
package main

func main() {
	panic("line one\ttab é") // panic: line one	tab é
}
