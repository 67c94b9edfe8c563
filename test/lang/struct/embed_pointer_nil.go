// A promoted field through a nil embedded pointer is a nil dereference.
package main

import "fmt"

type base struct{ n int }
type derived struct{ *base }

func main() {
	d := derived{&base{5}}
	fmt.Println(d.n) // expect: 5
	d.base = nil
	fmt.Println(d.n) // panic: runtime error: invalid memory address or nil pointer dereference
}
