// Deleted entries do not come up in an iteration that runs; added ones may.
package main

import "fmt"

func main() {
	m := map[int]bool{}
	for i := range 100 {
		m[i] = true
	}
	seen := 0
	for k := range m {
		seen++
		delete(m, k)
		if k%2 == 0 {
			delete(m, k+1)
		} else {
			delete(m, k-1)
		}
	}
	fmt.Println(seen, len(m)) // expect: 50 0
	for i := range 50 {
		m[i] = true
	}
	visits := map[int]int{}
	for k := range m {
		visits[k]++
		if len(m) < 2000 {
			m[1000+len(m)] = true
		}
	}
	twice, missing := 0, 0
	for i := range 50 {
		if visits[i] == 0 {
			missing++
		}
	}
	for _, n := range visits {
		if n > 1 {
			twice++
		}
	}
	fmt.Println(twice, missing) // expect: 0 0
	for k := range m {
		clear(m)
		_ = k
	}
	fmt.Println(len(m)) // expect: 0
}
