// Operands of index expressions and pointers on the left are evaluated first, then assignments go left to right.
package main

import "fmt"

func say(s string, v int) int {
	fmt.Println(s)
	return v
}

func main() {
	a := []int{1, 2, 3}
	i := 0
	i, a[i] = 1, 20
	fmt.Println(i, a) // expect: 1 [20 2 3]
	a[say("left index", 0)], a[say("right index", 1)] = say("first value", 5), say("second value", 6)
	// expect: left index
	// expect: right index
	// expect: first value
	// expect: second value
	fmt.Println(a) // expect: [5 6 3]
	a[0], a[1], a[2] = a[2], a[0], a[1]
	fmt.Println(a) // expect: [3 5 6]
	x := []int{1, 2, 3}
	j := 0
	j, x[j] = 2, 9
	fmt.Println(j, x) // expect: 2 [9 2 3]
	x[0], x[0] = 1, 2
	fmt.Println(x[0]) // expect: 2
	p := &i
	i, *p = 7, 8
	fmt.Println(i) // expect: 8
	m := map[string]int{}
	m["a"], m["b"] = len(m), len(m)+1
	fmt.Println(m) // expect: map[a:0 b:1]
}
