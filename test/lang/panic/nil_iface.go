// A method call on a nil interface.
package main

import "fmt"

func main() {
	var e error
	fmt.Println(e.Error()) // panic: runtime error: invalid memory address or nil pointer dereference
}
