// A nil map can be read, not written.
package main

import "fmt"

func main() {
	var m map[string]int
	fmt.Println(m == nil, len(m), m["x"]) // expect: true 0 0
	v, ok := m["x"]
	fmt.Println(v, ok) // expect: 0 false
	delete(m, "x")
	for range m {
		fmt.Println("never")
	}
	clear(m)
	fmt.Println(m) // expect: map[]
	m["x"] = 1     // panic: assignment to entry in nil map
}
