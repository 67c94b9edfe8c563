// The message of each failed assertion.
package main

import "fmt"

type I interface{ M() }
type J interface {
	M()
	N(int) string
}
type T struct{}

func (T) M() {}

type P struct{}

func (*P) M() {}

type str string

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	var a any
	var i I
	try(func() { _ = a.(int) }) // expect: interface conversion: interface {} is nil, not int
	try(func() { _ = a.(I) })   // expect: interface conversion: interface is nil, not main.I
	try(func() { _ = i.(T) })   // expect: interface conversion: main.I is nil, not main.T
	try(func() { _ = i.(J) })   // expect: interface conversion: interface is nil, not main.J
	a, i = 5, T{}
	try(func() { _ = a.(string) }) // expect: interface conversion: interface {} is int, not string
	try(func() { _ = a.(I) })      // expect: interface conversion: int is not main.I: missing method M
	try(func() { _ = i.(J) })
	// expect: interface conversion: main.T is not main.J: missing method N
	try(func() { _ = i.(*P) }) // expect: interface conversion: main.I is main.T, not *main.P
	a = str("s")
	try(func() { _ = a.(string) }) // expect: interface conversion: interface {} is main.str, not string
	try(func() { _ = a.(error) })
	// expect: interface conversion: main.str is not error: missing method Error
	a = P{}
	try(func() { _ = a.(I) })
	// expect: interface conversion: main.P is not main.I: missing method M
	a = []int{}
	try(func() { _ = a.([]string) }) // expect: interface conversion: interface {} is []int, not []string
	try(func() { _ = a.(map[string][]int) })
	// expect: interface conversion: interface {} is []int, not map[string][]int
	try(func() { _ = a.(func(int, ...string) (bool, error)) })
	// expect: interface conversion: interface {} is []int, not func(int, ...string) (bool, error)
	try(func() { _ = a.(struct{ X int }) })
	// expect: interface conversion: interface {} is []int, not struct { X int }
}
