// Package variables are initialised by dependency, then init functions run in order.
package main

import "fmt"

var a = b + c
var b = f("b", 1)
var c = f("c", d)
var d = f("d", 10)

var x, y = pair()

var z = func() int { return a + later }()

var later = f("later", 100)

func f(name string, n int) int {
	fmt.Println("init", name, n)
	return n
}

func pair() (int, string) {
	fmt.Println("pair")
	return 1, "two"
}

func init() {
	fmt.Println("first init", a, x, y)
	x = 50
}

func main() {
	fmt.Println(a, b, c, d, x, y, z)
	// expect: init b 1
	// expect: init d 10
	// expect: init c 10
	// expect: pair
	// expect: init later 100
	// expect: first init 11 1 two
	// expect: second init 50
	// expect: 11 1 10 10 50 two 111
	fmt.Println(table["k"], len(list), first) // expect: 6 3 true
}

var table = map[string]int{"k": size * 2}
var list = make([]string, size)
var first = list[0] == ""

const size = 3

func init() {
	fmt.Println("second init", x)
}
