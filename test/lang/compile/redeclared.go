package main

type T int
type T string // error: T redeclared in this block

func f()      {}
func f(a int) {} // error: f redeclared in this block

var v int

const v = 1 // error: v redeclared in this block

func main() {
	a := 1
	var a int // error: a redeclared in this block
	a := 2    // error: no new variables on left side of :=
	b, a := 3, 4
	_, _ = a, b
}
