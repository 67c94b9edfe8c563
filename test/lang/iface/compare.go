// Interfaces are equal when types and values are.
package main

import (
	"fmt"
	"math"
)

type T struct {
	a int
	s string
}

func main() {
	var a, b any
	fmt.Println(a == b) // expect: true
	a, b = 1, 1
	fmt.Println(a == b, a == 1, a == int8(1), a == 1.0, a == "1") // expect: true true false false false
	b = int32(1)
	fmt.Println(a == b) // expect: false
	a, b = "x"+fmt.Sprint(1), "x1"
	fmt.Println(a == b) // expect: true
	a, b = T{1, "a"}, T{1, "a"}
	fmt.Println(a == b, a == any(&T{1, "a"})) // expect: true false
	p := &T{}
	a, b = p, p
	fmt.Println(a == b, a == any(p), a == any(&T{})) // expect: true true false
	a, b = [2]int{1, 2}, [2]int{1, 2}
	fmt.Println(a == b) // expect: true
	var e error = fmt.Errorf("x")
	a = e
	fmt.Println(a == e, e != nil) // expect: true true
	a, b = math.NaN(), math.NaN()
	fmt.Println(a == b) // expect: false
	c := make(chan int)
	a, b = c, (<-chan int)(c)
	fmt.Println(a == b, a == any(c)) // expect: false true
	a, b = struct{}{}, struct{}{}
	fmt.Println(a == b) // expect: true
}
