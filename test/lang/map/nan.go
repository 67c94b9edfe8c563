// NaN never equals itself: every insertion is new, no look-up finds it, clear removes it.
package main

import (
	"fmt"
	"math"
)

func main() {
	m := map[float64]string{}
	nan := math.NaN()
	m[nan] = "a"
	m[nan] = "b"
	m[1] = "one"
	fmt.Println(len(m), m[1]) // expect: 3 one
	_, ok := m[nan]
	fmt.Println(ok) // expect: false
	delete(m, nan)
	fmt.Println(len(m)) // expect: 3
	n := 0
	for k := range m {
		if k != k {
			n++
		}
	}
	fmt.Println(n) // expect: 2
	clear(m)
	fmt.Println(len(m)) // expect: 0
	z := map[float64]int{0: 1}
	z[math.Copysign(0, -1)]++
	fmt.Println(z[0], len(z))
	// expect: 2 1
	f := map[any]int{math.NaN(): 1, math.NaN(): 2}
	fmt.Println(len(f)) // expect: 2
}
