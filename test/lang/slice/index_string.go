// Index past the end of a string.
package main

import "fmt"

func main() {
	s := "abc"
	n := len(s)
	fmt.Println(s[n-1]) // expect: 99
	fmt.Println(s[n])   // panic: runtime error: index out of range [3] with length 3
}
