// Nil dereferences can be recovered like any other panic, again and again.
package main

import (
	"fmt"
	"runtime"
)

type T struct {
	next *T
	n    int
	s    string
	arr  [4]int
}

func try(f func()) (ok bool) {
	defer func() {
		if e := recover(); e != nil {
			if _, isErr := e.(runtime.Error); !isErr {
				fmt.Println("not a runtime.Error")
			}
			ok = true
		}
	}()
	f()
	return false
}

func main() {
	var p *T
	var sl *[]int
	var m *map[string]int
	fmt.Println(try(func() { _ = p.n + 1; fmt.Println(p.n) })) // expect: true
	fmt.Println(try(func() { p.s = "x" }))                     // expect: true
	fmt.Println(try(func() { fmt.Println(*p) }))               // expect: true
	fmt.Println(try(func() { fmt.Println((*sl)[0]) }))         // expect: true
	fmt.Println(try(func() { fmt.Println(len(*m)) }))          // expect: true
	fmt.Println(try(func() { q := *p; fmt.Println(q.n) }))     // expect: true
	fmt.Println(try(func() { p.arr[2]++ }))                    // expect: true
	q := &T{}
	fmt.Println(try(func() { q.next.next = q })) // expect: true
	n := 0
	for range 1000 {
		if try(func() { q.next.n++ }) {
			n++
		}
	}
	fmt.Println(n) // expect: 1000
}
