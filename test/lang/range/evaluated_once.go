// The range expression is evaluated once; slices keep their first length, arrays are copied.
package main

import "fmt"

func vals() []int {
	fmt.Println("evaluated")
	return []int{1, 2, 3}
}

func main() {
	for _, v := range vals() {
		fmt.Println(v)
	}
	// expect: evaluated
	// expect: 1
	// expect: 2
	// expect: 3
	s := []int{1, 2, 3}
	for i, v := range s {
		s = append(s, v*10)
		s[i]++
	}
	fmt.Println(s) // expect: [2 3 4 10 20 30]
	t := []int{1, 2, 3}
	for i, v := range t {
		if i == 0 {
			t[1] = 50
			t = nil
		}
		fmt.Println(v)
	}
	// expect: 1
	// expect: 50
	// expect: 3
	a := [3]int{1, 2, 3}
	for i, v := range a {
		a[2] = 99
		fmt.Println(i, v)
	}
	// expect: 0 1
	// expect: 1 2
	// expect: 2 3
	for i, v := range a[:] {
		a[2] = 7
		fmt.Println(i, v)
	}
	// expect: 0 1
	// expect: 1 2
	// expect: 2 7
	for i, v := range &a {
		a[1] = 5
		fmt.Println(i, v)
	}
	// expect: 0 1
	// expect: 1 5
	// expect: 2 7
	n := 3
	for i := range n {
		n = 10
		fmt.Println(i)
	}
	// expect: 0
	// expect: 1
	// expect: 2
}
