// Closures over parameters and named results.
package main

import "fmt"

func adder(n int) func(int) int {
	n *= 2
	return func(m int) int { n += m; return n }
}

func named() (r int, get func() int) {
	r = 1
	get = func() int { r++; return r }
	r = 5
	return r, get
}

func deferred() (r int) {
	defer func() { r *= 2 }()
	r = 3
	return r + 1
}

type T struct{ v int }

func (t *T) later() func() int { return func() int { t.v++; return t.v } }
func (t T) copied() func() int { return func() int { t.v++; return t.v } }

func main() {
	a := adder(5)
	fmt.Println(a(1), a(1)) // expect: 11 12
	r, get := named()
	fmt.Println(r, get(), get()) // expect: 5 6 7
	fmt.Println(deferred())      // expect: 8
	t := T{10}
	l, c := t.later(), t.copied()
	fmt.Println(l(), l(), t.v, c(), c(), t.v) // expect: 11 12 12 11 12 12
	big := [100]int{50: 7}
	f := func() int { big[50]++; return big[50] }
	fmt.Println(f(), f(), big[50]) // expect: 8 9 9
}
