// A dependency through functions, methods and closures counts too.
package main

import "fmt"

type T struct{ v int }

func (t T) get() int { return t.v + hidden }

var r1 = T{1}.get()
var r2 = viaFunc()
var r3 = func() int { return viaFunc() + hidden2 }()
var r4 = T.get
var hidden = show("hidden", 10)
var hidden2 = show("hidden2", 20)

func viaFunc() int { return inner() + 1 }
func inner() int   { return hidden3 }

var hidden3 = show("hidden3", 30)

func show(s string, n int) int {
	fmt.Println(s)
	return n
}

func main() {
	fmt.Println(r1, r2, r3, r4(T{5}))
	// expect: hidden
	// expect: hidden2
	// expect: hidden3
	// expect: 11 31 51 15
}
