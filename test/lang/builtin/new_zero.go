// Zero values of every type.
package main

import "fmt"

type s struct {
	n int
	p *s
	m map[string]int
}

func main() {
	fmt.Println(*new(int), *new(string) == "", *new(bool), *new(float64), *new([2]int), *new(s)) // expect: 0 true false 0 [0 0] {0 <nil> map[]}
	var (
		i  int8
		u  uintptr
		f  float32
		b  bool
		st string
		p  *int
		sl []int
		m  map[int]int
		c  chan int
		fn func()
		e  error
		a  any
		ar [2]struct{ x string }
	)
	fmt.Println(i, u, f, b, st == "", p == nil, sl == nil, m == nil, c == nil, fn == nil, e == nil, a == nil, ar) // expect: 0 0 0 false true true true true true true true true [{} {}]
	x, y := new(int), new(int)
	fmt.Println(x == y, *x == *y) // expect: false true
}
