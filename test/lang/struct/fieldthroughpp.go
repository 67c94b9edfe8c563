// Fields of a struct behind two pointers and more.
package main

import "fmt"

type T struct {
	a int
	s string
}

func (t T) with(a int) T { t.a = a; return t }

func get(p **T) **T { return p }

func main() {
	p := &T{1, "x"}
	pp := &p
	ppp := &pp
	(**pp).a++
	(***ppp).s += "y"
	fmt.Println((**pp).a, (*pp).s, (***ppp).s, (**ppp).a, (**get(pp)).a) // expect: 2 xy xy 2 2
	fmt.Println((**pp).with(5).a, *p)                                    // expect: 5 {2 xy}
	q := &(**pp).a
	*q = 9
	s := []**T{pp}
	(**s[0]).s = "z"
	fmt.Println(*p, (*(*pp)).a) // expect: {9 z} 9
}
