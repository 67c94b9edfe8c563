// Run-time errors are errors with a fixed text.
package main

import (
	"fmt"
	"runtime"
)

func try(f func()) {
	defer func() {
		e := recover()
		re, ok := e.(runtime.Error)
		fmt.Println(ok, re)
	}()
	f()
}

func main() {
	zero, five := 0, 5
	var m map[string]int
	var p *int
	var a any = "s"
	s := []int{1}
	try(func() { fmt.Println(1 / zero) }) // expect: true runtime error: integer divide by zero
	try(func() { m["a"] = 1 })            // expect: true assignment to entry in nil map
	try(func() { *p = 1 })
	// expect: true runtime error: invalid memory address or nil pointer dereference
	try(func() { fmt.Println(a.(int)) })                    // expect: true interface conversion: interface {} is string, not int
	try(func() { fmt.Println(s[five]) })                    // expect: true runtime error: index out of range [5] with length 1
	try(func() { fmt.Println(any(s) == any(s)) })           // expect: true runtime error: comparing uncomparable type []int
	try(func() { fmt.Println(1 << (zero - 1)) })            // expect: true runtime error: negative shift amount
	try(func() { _ = make([]int, zero-1) })                 // expect: true runtime error: makeslice: len out of range
	try(func() { _ = map[any]int{any(s): 1} })              // expect: true runtime error: hash of unhashable type []int
	try(func() { var c chan int; close(c) })                // expect: true close of nil channel
	try(func() { c := make(chan int); close(c); close(c) }) // expect: true close of closed channel
	try(func() { c := make(chan int); close(c); c <- 1 })   // expect: true send on closed channel
	try(func() { _ = make(chan int, zero-1) })              // expect: true makechan: size out of range
	try(func() { panic(fmt.Errorf("plain error")) })        // expect: false <nil>
}
