// A slice shorter than the array cannot become it.
package main

import "fmt"

func main() {
	s := []int{1, 2}
	fmt.Println([2]int(s)) // expect: [1 2]
	fmt.Println([3]int(s)) // panic: runtime error: cannot convert slice with length 2 to array or pointer to array with length 3
}
