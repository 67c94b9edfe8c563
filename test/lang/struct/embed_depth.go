// The shallowest name wins; a name at two places of the same depth is only wrong when used.
package main

import "fmt"

type A struct{ x, only int }
type B struct{ x int }
type C struct {
	A
	B
	y int
}
type D struct {
	C
	x string
}

func (A) Who() string { return "A" }
func (B) Me() string  { return "B" }

func main() {
	d := D{C{A{1, 2}, B{3}, 4}, "outer"}
	fmt.Println(d.x, d.A.x, d.B.x, d.C.A.x, d.only, d.y) // expect: outer 1 3 1 2 4
	fmt.Println(d.Who(), d.Me())                         // expect: A B
	d.A.x, d.B.x = 10, 30
	fmt.Println(d)         // expect: {{{10 2} {30} 4} outer}
	fmt.Printf("%+v\n", d) // expect: {C:{A:{x:10 only:2} B:{x:30} y:4} x:outer}
}
