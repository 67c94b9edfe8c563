// %v, %+v, %#v and %T of composite values.
package main

import (
	"errors"
	"fmt"
)

type point struct{ X, Y int }
type named struct {
	Name string
	p    *point
	Tags []string
	m    map[string]int
	e    error
	a    any
	pt   point
}
type list []int
type str string

func main() {
	p := point{1, 2}
	fmt.Printf("%v %+v %#v %T\n", p, p, p, p) // expect: {1 2} {X:1 Y:2} main.point{X:1, Y:2} main.point
	fmt.Printf("%v %+v %T\n", &p, &p, &p)     // expect: &{1 2} &{X:1 Y:2} *main.point
	n := named{Name: "n", Tags: []string{"a"}, m: map[string]int{"z": 1, "a": 2}, pt: p}
	fmt.Printf("%v\n%+v\n%#v\n", n, n, n)
	// expect: {n <nil> [a] map[a:2 z:1] <nil> <nil> {1 2}}
	// expect: {Name:n p:<nil> Tags:[a] m:map[a:2 z:1] e:<nil> a:<nil> pt:{X:1 Y:2}}
	// expect: main.named{Name:"n", p:(*main.point)(nil), Tags:[]string{"a"}, m:map[string]int{"a":2, "z":1}, e:error(nil), a:interface {}(nil), pt:main.point{X:1, Y:2}}
	n.a = 5
	fmt.Printf("%v\n%+v\n", n, n)
	// expect: {n <nil> [a] map[a:2 z:1] <nil> 5 {1 2}}
	// expect: {Name:n p:<nil> Tags:[a] m:map[a:2 z:1] e:<nil> a:5 pt:{X:1 Y:2}}
	fmt.Printf("%v %+v %#v %T\n", list{1, 2}, list{1}, list{1}, list{})                        // expect: [1 2] [1] main.list{1} main.list
	fmt.Printf("%v %#v %T\n", str("s"), str("s"), str("s"))                                    // expect: s "s" main.str
	fmt.Printf("%v %#v\n", map[string]bool{"b": true, "a": false}, map[string]bool{"x": true}) // expect: map[a:false b:true] map[string]bool{"x":true}
	fmt.Printf("%v %#v %v\n", []any{1, "a", nil, 2.5, p}, []any{1, "a", nil}, [3]int{1, 2})
	// expect: [1 a <nil> 2.5 {1 2}] []interface {}{1, "a", interface {}(nil)} [1 2 0]
	fmt.Printf("%v %+v %d\n", []point{{1, 2}}, []*point{}, []point{{3, 4}}) // expect: [{1 2}] [] [{3 4}]
	fmt.Printf("%T %T %T %T %T\n", 1, "s", nil, []any{}, func(int, ...string) (bool, error) { return true, nil })
	// expect: int string <nil> []interface {} func(int, ...string) (bool, error)
	fmt.Printf("%T %T %T %T\n", map[string][]int{}, make(chan int), struct{ A int }{}, errors.New("x"))
	// expect: map[string][]int chan int struct { A int } *errors.errorString
	fmt.Printf("%#v %#v %#v %#v %#v\n", 1, "q\"", 'x', true, nil)            // expect: 1 "q\"" 120 true <nil>
	fmt.Printf("%#v %#v %#v\n", []string{"a"}, []int(nil), map[int]int(nil)) // expect: []string{"a"} []int(nil) map[int]int(nil)
	fmt.Printf("%v %v %v\n", []int(nil), map[int]int(nil), struct{}{})       // expect: [] map[] {}
	fmt.Printf("%#v %#v\n", uint8(3), struct {
		A int
		B string
	}{1, "x"})
	// expect: 0x3 struct { A int; B string }{A:1, B:"x"}
	fmt.Printf("%v %v\n", [][]int{{1}, {2, 3}}, map[point]string{{2, 1}: "b", {1, 2}: "a"}) // expect: [[1] [2 3]] map[{1 2}:a {2 1}:b]
	var np *point
	var e error
	fmt.Printf("%v %+v %v\n", np, np, e)                                // expect: <nil> <nil> <nil>
	fmt.Printf("%5d|%-4v|%05v\n", []int{1, 22}, []int{1}, [2]int{3, 4}) // expect: [    1    22]|[1   ]|[00003 00004]
}
