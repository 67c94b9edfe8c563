// Slice expressions of slices, arrays, pointers to arrays and strings.
package main

import "fmt"

func main() {
	a := [6]int{0, 1, 2, 3, 4, 5}
	s := a[2:4]
	fmt.Println(s, len(s), cap(s))                   // expect: [2 3] 2 4
	fmt.Println(s[:4], s[1:], s[:0], s[2:2], s[2:4]) // expect: [2 3 4 5] [3] [] [] [4 5]
	t := a[1:3:4]
	fmt.Println(t, len(t), cap(t)) // expect: [1 2] 2 3
	p := &a
	fmt.Println(p[4:], p[:], p[:2:3]) // expect: [4 5] [0 1 2 3 4 5] [0 1]
	s[0] = 20
	fmt.Println(a) // expect: [0 1 20 3 4 5]
	str := "hello"
	fmt.Println(str[1:3], str[:0] == "", str[5:] == "", str[:]) // expect: el true true hello
	i, j := 1, 4
	fmt.Println(str[i:j], a[i:j], s[i-1:j-2]) // expect: ell [1 20 3] [20 3]
	var n []int
	fmt.Println(n[:] == nil, n[0:0] == nil, len(n[:0])) // expect: true true 0
	e := s[:0]
	fmt.Println(e == nil, len(e), cap(e)) // expect: false 0 4
}
