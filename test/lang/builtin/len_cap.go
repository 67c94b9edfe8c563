// len and cap of everything; constant where the operand is an array without calls.
package main

import "fmt"

func f() [3]int {
	fmt.Println("f is called")
	return [3]int{}
}

type myArr [7]int

func main() {
	s := make([]int, 2, 5)
	var a [4]string
	p := &a
	m := map[int]int{1: 1}
	c := make(chan int, 9)
	fmt.Println(len(s), cap(s), len(a), cap(a), len(p), cap(p), len(m), len(c), cap(c), len("abc")) // expect: 2 5 4 4 4 4 1 0 9 3
	const k = len(a) + len(myArr{})
	fmt.Println(k, len(f()))
	// expect: f is called
	// expect: 11 3
	var np *[5]int
	fmt.Println(len(np), len([...]int{1, 2})) // expect: 5 2
	var nested [2][3]int
	fmt.Println(len(nested), len(nested[0])) // expect: 2 3
}
