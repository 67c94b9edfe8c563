// An interface key that holds a slice cannot be hashed.
package main

import "fmt"

func main() {
	m := map[any]int{}
	m["fine"] = 1
	var k any = []int{1}
	fmt.Println(len(m)) // expect: 1
	m[k] = 2            // panic: runtime error: hash of unhashable type []int
}
