// Println puts spaces between all operands, Print only between two non-strings.
package main

import "fmt"

func main() {
	fmt.Println(1, "a", 2.5, true, nil, 'x')  // expect: 1 a 2.5 true <nil> 120
	fmt.Print("a", "b", 1, 2, "c", 3.5, "\n") // expect: ab1 2c3.5
	fmt.Print(1, 2, "\n")                     // expect: 1 2
	fmt.Printf("%d-%s-%v\n", 7, "x", false)   // expect: 7-x-false
	for i := 0; i < 3; i++ {
		fmt.Println(i)
	}
	// expect: 0
	// expect: 1
	// expect: 2
	var x []int
	fmt.Println(x == nil, len(x)) // expect: true 0
	fmt.Println(x[3])             // panic: runtime error: index out of range [3] with length 0
}
