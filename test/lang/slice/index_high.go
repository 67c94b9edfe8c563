// Index past the end.
package main

import "fmt"

func at(s []int, i int) int { return s[i] }

func main() {
	s := []int{1, 2, 3}
	fmt.Println(at(s, 2)) // expect: 3
	i := 3
	fmt.Println(s[i]) // panic: runtime error: index out of range [3] with length 3
}
