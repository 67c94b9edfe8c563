// Integer division by zero panics.
package main

import "fmt"

func main() {
	a, b := 1, 0
	fmt.Println("before") // expect: before
	fmt.Println(a / b)    // panic: runtime error: integer divide by zero
}
