// The high bound may reach the capacity and no further.
package main

import "fmt"

func main() {
	s := make([]int, 2, 4)
	n := 4
	fmt.Println(s[:n]) // expect: [0 0 0 0]
	n++
	fmt.Println(s[:n]) // panic: runtime error: slice bounds out of range [:5] with capacity 4
}
