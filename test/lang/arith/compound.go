// op= evaluates its left side once.
package main

import "fmt"

var calls int

func idx() int {
	calls++
	return 1
}

func main() {
	a := []int{1, 2, 3}
	a[idx()] += 10
	a[idx()] *= 2
	a[idx()]++
	a[idx()]--
	a[idx()] <<= 2
	fmt.Println(a, calls) // expect: [1 96 3] 5
	m := map[string]int{}
	m["x"]++
	m["x"] += 5
	m["y"]--
	fmt.Println(m)
	// expect: map[x:6 y:-1]
	s := "a"
	s += "b"
	s += s
	fmt.Println(s) // expect: abab
	p := &a[0]
	*p -= 5
	*p *= *p
	fmt.Println(a) // expect: [16 96 3]
}
