// append writes into shared capacity when there is some, and moves when there is none.
package main

import "fmt"

func main() {
	a := make([]int, 3, 5)
	b := append(a, 1)
	c := append(a, 2)
	fmt.Println(b[3], c[3], len(a), cap(a)) // expect: 2 2 3 5
	d := append(c, 7, 8)
	d[0] = 100
	fmt.Println(a[0], d[0], len(d)) // expect: 0 100 6
	e := a[1:2]
	e = append(e, 42)
	fmt.Println(a, e, cap(e)) // expect: [0 0 42] [0 42] 4
	f := a[1:2:2]
	f = append(f, 43)
	fmt.Println(a, f) // expect: [0 0 42] [0 43]
	var n []int
	n = append(n)
	fmt.Println(n == nil) // expect: true
	n = append(n, a...)
	n = append(n, n...)
	fmt.Println(n) // expect: [0 0 42 0 0 42]
	n = append(n[:1], n[2:]...)
	fmt.Println(n) // expect: [0 42 0 0 42]
	s := []string{"x"}
	s = append(s, s[0], "y", s[0]+"z")
	fmt.Println(s) // expect: [x x y xz]
	bs := append([]byte("ab"), "cd"...)
	fmt.Println(string(bs)) // expect: abcd
}
