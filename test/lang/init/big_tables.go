// Composite literals at package level, with pointers to each other.
package main

import "fmt"

type node struct {
	name string
	next *node
	tags []string
}

var (
	one   = &node{"one", two, []string{"x"}}
	two   = &node{"two", &three, nil}
	three = node{name: "three"}
	byN   = map[string]*node{"one": one, "two": two, "three": &three}
	ops   = []struct {
		name string
		fn   func(int, int) int
	}{
		{"add", func(a, b int) int { return a + b }},
		{"mul", mul},
	}
	matrix = [2][3]float64{{1, 2, 3}, {2: 6}}
)

func mul(a, b int) int { return a * b }

func main() {
	for n := one; n != nil; n = n.next {
		fmt.Println(n.name, n.tags, byN[n.name] == n)
	}
	// expect: one [x] true
	// expect: two [] true
	// expect: three [] true
	for _, op := range ops {
		fmt.Println(op.name, op.fn(3, 4))
	}
	// expect: add 7
	// expect: mul 12
	fmt.Println(matrix) // expect: [[1 2 3] [0 0 6]]
}
