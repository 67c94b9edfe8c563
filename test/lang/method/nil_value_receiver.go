// Calling a value method through a nil pointer panics.
package main

import "fmt"

type T struct{ a, b int }

func (t T) M() int { return t.b }

func main() {
	var p *T
	fmt.Println(p.M()) // panic: runtime error: invalid memory address or nil pointer dereference
}
