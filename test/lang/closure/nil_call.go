// Calling a nil function.
package main

import "fmt"

func main() {
	var f func(int) int
	fmt.Println(f(1)) // panic: runtime error: invalid memory address or nil pointer dereference
}
