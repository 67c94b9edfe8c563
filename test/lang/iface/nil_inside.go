// An interface that holds a nil pointer is not nil.
package main

import "fmt"

type myErr struct{}

func (*myErr) Error() string { return "myErr" }

func get(fail bool) error {
	var e *myErr
	if fail {
		e = &myErr{}
	}
	return e
}

func main() {
	fmt.Println(get(false) == nil, get(true) == nil) // expect: false false
	var e error
	fmt.Println(e == nil) // expect: true
	e = (*myErr)(nil)
	fmt.Println(e == nil, e == (*myErr)(nil), e.(*myErr) == nil, e.Error()) // expect: false true true myErr
	var a any = e
	fmt.Println(a == nil, a == e) // expect: false true
	var s []int
	var m map[string]int
	var f func()
	a = s
	fmt.Println(a == nil) // expect: false
	a = m
	fmt.Println(a == nil) // expect: false
	a = f
	fmt.Println(a == nil) // expect: false
	a = nil
	fmt.Println(a == nil) // expect: true
	var p *any
	fmt.Println(p == nil) // expect: true
}
