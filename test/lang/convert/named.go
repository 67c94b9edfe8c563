// Conversion between named types with the same underlying type; tags do not matter.
package main

import "fmt"

type Meters float64
type Feet float64

func (m Meters) Feet() Feet { return Feet(m * 3.25) }

type A struct {
	X int `json:"x"`
	Y string
}
type B struct {
	X int
	Y string `other:"y"`
}
type F func(int) int
type S []int

func (f F) twice(n int) int { return f(f(n)) }
func (s S) sum() (t int) {
	for _, v := range s {
		t += v
	}
	return
}

func main() {
	fmt.Println(Meters(2).Feet(), Feet(3)+Feet(Meters(1))) // expect: 6.5 4
	a := A{1, "one"}
	b := B(a)
	fmt.Println(b, A(b) == a) // expect: {1 one} true
	p := (*B)(&a)
	p.X = 9
	fmt.Println(a.X)                                          // expect: 9
	fmt.Println(F(func(n int) int { return n + 3 }).twice(1)) // expect: 7
	raw := []int{1, 2, 3}
	fmt.Println(S(raw).sum()) // expect: 6
	var s S = raw
	s[0] = 10
	fmt.Println(raw, fmt.Sprintf("%T %T", s, raw)) // expect: [10 2 3] main.S []int
	var e interface{ Feet() Feet } = Meters(1)
	fmt.Println(e.Feet()) // expect: 3.25
	arr := [3]int(raw)
	arr[0] = 0
	pa := (*[2]int)(raw)
	pa[1] = 77
	fmt.Println(arr, raw, *pa) // expect: [0 2 3] [10 77 3] [10 77]
}
