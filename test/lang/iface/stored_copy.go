// An interface holds a copy of the value.
package main

import "fmt"

type big struct {
	a [10]int
	n int
}

func (b big) sum() (t int) {
	for _, v := range b.a {
		t += v
	}
	return t + b.n
}

type summer interface{ sum() int }

func main() {
	b := big{n: 1}
	var s summer = b
	b.n, b.a[3] = 100, 7
	fmt.Println(s.sum(), b.sum()) // expect: 1 107
	s2 := s
	s = b
	fmt.Println(s.sum(), s2.sum()) // expect: 107 1
	x := 5
	var a any = x
	x++
	fmt.Println(a, x)
	// expect: 5 6
	arr := [2]int{1, 2}
	a = arr
	arr[0] = 50
	fmt.Println(a, arr) // expect: [1 2] [50 2]
	list := []any{b, x, "s", nil, arr}
	list[0] = 1
	fmt.Println(list[1:], b.n) // expect: [6 s <nil> [50 2]] 100
	for i := range 300 {
		list = append(list, i, uint8(i), i%2 == 0, float64(i)/2, "k"+fmt.Sprint(i))
	}
	fmt.Println(list[len(list)-5:]) // expect: [299 43 false 149.5 k299]
}
