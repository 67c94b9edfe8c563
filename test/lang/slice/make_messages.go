// make with impossible sizes.
package main

import "fmt"

var sink []int

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	n, m := -1, 5
	huge := 1 << 62
	try(func() { sink = make([]int, n) })       // expect: runtime error: makeslice: len out of range
	try(func() { sink = make([]int, m, m-1) })  // expect: runtime error: makeslice: cap out of range
	try(func() { sink = make([]int, huge) })    // expect: runtime error: makeslice: len out of range
	try(func() { sink = make([]int, 0, huge) }) // expect: runtime error: makeslice: cap out of range
	try(func() { sink = make([]int, m, m); fmt.Println(len(sink)) })
	// expect: 5
	// expect: <nil>
}
