// Pointers: new, address-of, dereference, to fields and elements, comparisons.
package main

import "fmt"

type node struct {
	val  int
	next *node
}

func inc(p *int) { *p++ }

func escape(n int) *int { return &n }

func main() {
	x := 1
	p := &x
	*p = 5
	inc(p)
	fmt.Println(x, *p) // expect: 6 6
	q := &x
	fmt.Println(p == q, p != nil) // expect: true true
	pp := &p
	**pp = 9
	fmt.Println(x) // expect: 9
	a := [3]int{1, 2, 3}
	e := &a[1]
	*e = 20
	fmt.Println(a) // expect: [1 20 3]
	n := &node{1, &node{2, nil}}
	n.next.val = 7
	f := &n.next.val
	*f += 1
	fmt.Println(n.val, n.next.val, n.next.next == nil) // expect: 1 8 true
	fmt.Println(*escape(4) + *escape(5))               // expect: 9
	s := new(string)
	*s += "abc"
	fmt.Println(*s, len(*s)) // expect: abc 3
	t := &[]int{1, 2, 3}
	(*t)[0] = 100
	fmt.Println(*t, len(*t)) // expect: [100 2 3] 3
	pa := &a
	for i, v := range pa {
		pa[i] = v * 2
	}
	fmt.Println(*pa, len(pa), pa[1:]) // expect: [2 40 6] 3 [40 6]
	var np *node
	fmt.Println(np == nil) // expect: true
}
