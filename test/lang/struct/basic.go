// Structs: literals, copies, nesting, comparison, zero values, anonymous ones.
package main

import "fmt"

type point struct{ x, y int }
type line struct {
	a, b  point
	label string
}

func move(p point) point {
	p.x += 10
	return p
}

func main() {
	p := point{1, 2}
	q := p
	q.x = 5
	fmt.Println(p, q, p == q, p == point{1, 2}) // expect: {1 2} {5 2} false true
	fmt.Println(move(p), p)                     // expect: {11 2} {1 2}
	l := line{a: p, label: "L"}
	l.b.y = 9
	m := l
	m.a.x = 100
	fmt.Println(l, m, l == m) // expect: {{1 2} {0 9} L} {{100 2} {0 9} L} false
	fmt.Printf("%v %+v %#v\n", l, l, l)
	// expect: {{1 2} {0 9} L} {a:{x:1 y:2} b:{x:0 y:9} label:L} main.line{a:main.point{x:1, y:2}, b:main.point{x:0, y:9}, label:"L"}
	pl := &l
	pl.a.x++
	(*pl).b.x--
	fmt.Println(*pl)
	// expect: {{2 2} {-1 9} L}
	anon := struct {
		name string
		n    int
	}{"x", 1}
	fmt.Println(anon, anon.name) // expect: {x 1} x
	var zero line
	fmt.Println(zero == line{}, zero.label == "") // expect: true true
	p, q = q, p
	fmt.Println(p, q) // expect: {5 2} {1 2}
	arr := []point{{1, 2}, {3, 4}}
	for _, e := range arr {
		e.x = 0
	}
	for i := range arr {
		arr[i].y *= 10
	}
	fmt.Println(arr) // expect: [{1 20} {3 40}]
	pp := &arr[0]
	arr = append(arr, point{})
	pp.x = 77
	fmt.Println(arr[0].x)                 // expect: 1
	fmt.Println(struct{}{} == struct{}{}) // expect: true
}
