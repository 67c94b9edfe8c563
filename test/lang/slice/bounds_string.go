// The high bound of a string is its length.
package main

import "fmt"

func main() {
	s := "abc"
	n := 4
	fmt.Println(s[1:n]) // panic: runtime error: slice bounds out of range [:4] with length 3
}
