// Operands of a map assignment happen before the assignment; a failing right side leaves the map alone.
package main

import "fmt"

func key(s string) string {
	fmt.Println("key", s)
	return s
}

func val(n int) int {
	fmt.Println("val", n)
	return n
}

func main() {
	m := map[string]int{}
	m[key("a")] = val(1)
	// expect: key a
	// expect: val 1
	m[key("b")] += val(2)
	// expect: key b
	// expect: val 2
	fmt.Println(m) // expect: map[a:1 b:2]
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		zero := 0
		m["c"] = 1 / zero
	}()
	// expect: recovered: runtime error: integer divide by zero
	fmt.Println(m) // expect: map[a:1 b:2]
	var nilmap map[string]int
	func() {
		defer func() { fmt.Println("recovered:", recover()) }()
		nilmap[key("z")] = val(9)
	}()
	// expect: key z
	// expect: val 9
	// expect: recovered: assignment to entry in nil map
	delete(m, key("a")) // expect: key a
	fmt.Println(m)      // expect: map[b:2]
}
