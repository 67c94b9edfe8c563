// Iteration starts at a place that varies.
package main

import "fmt"

func main() {
	m := map[int]int{1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 6, 7: 7, 8: 8}
	firsts := map[int]bool{}
	for range 1000 {
		for k := range m {
			firsts[k] = true
			break
		}
	}
	fmt.Println(len(firsts) > 1) // expect: true
}
