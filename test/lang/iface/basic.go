// Dynamic dispatch, type switches, assertions, embedded interfaces.
package main

import "fmt"

type shape interface {
	area() float64
	perimeter() float64
}
type rect struct{ w, h float64 }
type circle float64

func (r rect) area() float64         { return r.w * r.h }
func (r rect) perimeter() float64    { return 2 * (r.w + r.h) }
func (c *circle) area() float64      { return 3 * float64(*c) * float64(*c) }
func (c *circle) perimeter() float64 { return 6 * float64(*c) }

type stringer interface{ String() string }

func (r rect) String() string { return fmt.Sprintf("rect(%gx%g)", r.w, r.h) }

func main() {
	c := circle(2)
	for _, s := range []shape{rect{3, 4}, &c, &rect{1, 1}} {
		fmt.Println(s.area(), s.perimeter())
		if st, ok := s.(stringer); ok {
			fmt.Println(st.String())
		}
		switch v := s.(type) {
		case rect:
			fmt.Println("rect", v.w)
		case *rect:
			fmt.Println("*rect", v.h)
		case *circle:
			fmt.Println("*circle", *v)
		}
	}
	// expect: 12 14
	// expect: rect(3x4)
	// expect: rect 3
	// expect: 12 12
	// expect: *circle 2
	// expect: 1 4
	// expect: rect(1x1)
	// expect: *rect 1
	var s shape
	fmt.Println(s == nil) // expect: true
	s = rect{1, 2}
	r := s.(rect)
	r.w = 50
	fmt.Println(s.(rect).w, r.w) // expect: 1 50
	_, ok := s.(*circle)
	fmt.Println(ok, s == shape(rect{1, 2}), s != nil) // expect: false true true
}
