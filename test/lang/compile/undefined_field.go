package main

import "fmt"

type T struct{ name string }

func (t T) Hello() {}

func main() {
	var t T
	fmt.Println(t.nme) // error: t.nme undefined (type T has no field or method nme)
	t.hello()          // error: t.hello undefined (type T has no field or method hello, but does have method Hello)
	t.Bye()            // error: t.Bye undefined (type T has no field or method Bye)
	var p *T
	p.other = 1 // error: p.other undefined (type *T has no field or method other)
	var i interface{ M() }
	i.N() // error: i.N undefined (type interface{M()} has no field or method N)
	n := 5
	n.x = 1 // error: n.x undefined (type int has no field or method x)
}
