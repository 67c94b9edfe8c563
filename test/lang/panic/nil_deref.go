// Reading through a nil pointer.
package main

import "fmt"

type T struct{ a, b int }

func main() {
	var p *T
	fmt.Println("before") // expect: before
	fmt.Println(p.b)      // panic: runtime error: invalid memory address or nil pointer dereference
}
