// make gives zeroes; copy stops at the shorter one and copes with overlap.
package main

import "fmt"

func main() {
	s := make([]int, 3)
	t := make([]string, 2, 10)
	fmt.Println(s, len(t), cap(t), t[0] == "") // expect: [0 0 0] 2 10 true
	src := []int{1, 2, 3, 4, 5}
	fmt.Println(copy(s, src), s)         // expect: 3 [1 2 3]
	fmt.Println(copy(src[1:], src), src) // expect: 4 [1 1 2 3 4]
	src = []int{1, 2, 3, 4, 5}
	fmt.Println(copy(src, src[2:]), src)                 // expect: 3 [3 4 5 4 5]
	fmt.Println(copy(s[:0], src), copy(src, []int(nil))) // expect: 0 0
	b := make([]byte, 3)
	fmt.Println(copy(b, "héllo"), b) // expect: 3 [104 195 169]
	n := 4
	m := make([][]int, n)
	for i := range m {
		m[i] = make([]int, i)
	}
	fmt.Println(m) // expect: [[] [0] [0 0] [0 0 0]]
	z := make([]*int, 2)
	fmt.Println(z[0] == nil, z[1] == nil) // expect: true true
}
