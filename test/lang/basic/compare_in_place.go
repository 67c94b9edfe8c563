// Arrays and structs of variables are compared where they are, not copied first.
package main

import "fmt"

type page [1 << 16]byte

type record struct {
	id   int
	body page
	tail string
}

type box struct{ r, s record }

var g1, g2 page

func bump(p *page) bool {
	p[len(p)-1]++
	return true
}

func main() {
	fmt.Println(g1 == g2, g1 != g2) // expect: true false
	g1[len(g1)-1] = 1
	fmt.Println(g1 == g2, g1 != g2) // expect: false true

	var l1, l2 page
	same := func() bool { return l1 == l2 } // captured
	fmt.Println(same()) // expect: true
	l2[0] = 9
	fmt.Println(same(), (l1) == (l2)) // expect: false false

	b := &box{}
	b.r.tail, b.s.tail = "x", "x"
	fmt.Println(b.r == b.s, b.r.body == b.s.body) // expect: true true
	b.s.body[3] = 1
	fmt.Println(b.r == b.s, b.r.body != b.s.body) // expect: false true

	var v box
	v.r.tail = "y"
	fmt.Println(v.r == v.s) // expect: false
	v.s.tail = "y"
	fmt.Println(v.r == v.s) // expect: true
	fmt.Println(bump(&g2) && g1 == g2, bump(&g1) && g1 == g2) // expect: true false

	var nobody *box
	defer func() { fmt.Println(recover() != nil) }() // expect: true
	fmt.Println(nobody.r == v.r)
}
