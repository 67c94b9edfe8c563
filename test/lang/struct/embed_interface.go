// A struct with an embedded interface has its methods, and may override some.
package main

import (
	"fmt"
	"sort"
)

type shape interface {
	area() int
	name() string
}
type square int

func (s square) area() int    { return int(s * s) }
func (s square) name() string { return "square" }

type named struct {
	shape
	label string
}

func (n named) name() string { return n.label + " " + n.shape.name() }

func main() {
	var s shape = named{square(3), "red"}
	fmt.Println(s.area(), s.name()) // expect: 9 red square
	s = named{s, "dark"}
	fmt.Println(s.area(), s.name()) // expect: 9 dark red square
	sort := sort.Reverse(sort.IntSlice([]int{1, 2}))
	fmt.Println(sort.Len(), sort.Less(0, 1), sort.Less(1, 0)) // expect: 2 false true
	var e named
	defer func() { fmt.Println(recover() != nil) }()
	e.area() // expect: true
}
