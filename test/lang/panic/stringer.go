// A Stringer is shown through its String method.
package main

type color int

func (c color) String() string { return "red" }

func main() {
	panic(color(3)) // panic: red
}
