// The blank identifier takes anything and gives nothing.
package main

import "fmt"

type pair struct {
	a int
	_ int
	b int
}

func f(_ int, s string, _ ...bool) string { return s }

func side(s string) int {
	fmt.Println("evaluated", s)
	return 1
}

var _ = side("package level")

func main() {
	_ = side("local")
	// expect: evaluated package level
	// expect: evaluated local
	_, x := side("a"), side("b")
	// expect: evaluated a
	// expect: evaluated b
	fmt.Println(x) // expect: 1
	p := pair{a: 1, b: 2}
	fmt.Println(p.a, p.b, p == pair{a: 1, b: 2}) // expect: 1 2 true
	fmt.Println(f(1, "s", true, false))          // expect: s
	for range 2 {
		fmt.Println("twice")
	}
	// expect: twice
	// expect: twice
	const _ = iota
	_ = func() int { return 5 }
}
