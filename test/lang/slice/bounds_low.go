// A low bound past the length, with the high one left out.
package main

import "fmt"

func main() {
	s := []int{1, 2, 3}
	lo := 5
	fmt.Println(s[lo:]) // panic: runtime error: slice bounds out of range [5:3]
}
