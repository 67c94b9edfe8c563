// Three-index slices check the capacity first.
package main

import "fmt"

func try(s []int, a, b, c int) {
	defer func() {
		if e := recover(); e != nil {
			fmt.Println(e)
		}
	}()
	fmt.Println(s[a:b:c])
}

func main() {
	s := make([]int, 3, 6)
	try(s, 1, 2, 6) // expect: [0]
	try(s, 1, 2, 7)
	// expect: runtime error: slice bounds out of range [::7] with capacity 6
	try(s, 1, 4, 3)   // expect: runtime error: slice bounds out of range [:4:3]
	try(s, 3, 2, 4)   // expect: runtime error: slice bounds out of range [3:2:]
	try(s, -1, 2, 4)  // expect: runtime error: slice bounds out of range [-1::]
	try(nil, 0, 0, 0) // expect: []
	try(nil, 0, 0, 1)
	// expect: runtime error: slice bounds out of range [::1] with capacity 0
}
