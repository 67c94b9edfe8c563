// The usual idioms: stack, queue, insert, delete, reverse, filter in place.
package main

import "fmt"

func main() {
	var st []int
	st = append(st, 1, 2, 3)
	top := st[len(st)-1]
	st = st[:len(st)-1]
	fmt.Println(top, st) // expect: 3 [1 2]
	q := []string{"a", "b", "c"}
	head := q[0]
	q = q[1:]
	fmt.Println(head, q) // expect: a [b c]
	s := []int{1, 2, 3, 4, 5, 6}
	s = append(s[:2], append([]int{99}, s[2:]...)...)
	fmt.Println(s) // expect: [1 2 99 3 4 5 6]
	s = append(s[:1], s[2:]...)
	fmt.Println(s) // expect: [1 99 3 4 5 6]
	for i, j := 0, len(s)-1; i < j; i, j = i+1, j-1 {
		s[i], s[j] = s[j], s[i]
	}
	fmt.Println(s) // expect: [6 5 4 3 99 1]
	even := s[:0]
	for _, v := range s {
		if v%2 == 0 {
			even = append(even, v)
		}
	}
	fmt.Println(even, s) // expect: [6 4] [6 4 4 3 99 1]
	clear(even)
	fmt.Println(s) // expect: [0 0 4 3 99 1]
}
