// Products are rounded before they are added when the source converts them.
package main

import "fmt"

func main() {
	a, b, c := 1.0000000000000002, 1.0000000000000002, -1.0000000000000004
	fmt.Println(float64(a*b) + c) // expect: 0
	x := 0.1
	p := x * 10
	fmt.Println(p-1 == 0) // expect: true
}
