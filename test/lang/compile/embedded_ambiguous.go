package main

type A struct{ x int }
type B struct{ x int }
type C struct {
	A
	B
}

func (A) M() {}
func (B) M() {}

func main() {
	var c C
	_ = c.x                    // error: ambiguous selector c.x
	c.M()                      // error: ambiguous selector c.M
	var i interface{ M() } = c // error: cannot use c (variable of type C) as interface{M()} value in variable declaration: C does not implement interface{M()} (ambiguous selector C.M)
	_ = i
}
