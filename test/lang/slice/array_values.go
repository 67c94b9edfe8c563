// Arrays are values: assignment, parameters, range and comparison copy.
package main

import "fmt"

func change(a [3]int) [3]int {
	a[0] = 99
	return a
}

type grid [2][3]int

func main() {
	a := [3]int{1, 2, 3}
	b := a
	b[1] = 20
	fmt.Println(a, b, a == b, a != [3]int{1, 2, 3}) // expect: [1 2 3] [1 20 3] false false
	fmt.Println(change(a), a)                       // expect: [99 2 3] [1 2 3]
	for i, v := range a {
		a[2] = 100
		fmt.Println(i, v)
	}
	// expect: 0 1
	// expect: 1 2
	// expect: 2 3
	var g grid
	g[1][2] = 5
	h := g
	h[0][0] = 1
	fmt.Println(g, h, len(g), len(g[0]), g == h) // expect: [[0 0 0] [0 0 5]] [[1 0 0] [0 0 5]] 2 3 false
	c := [...]string{2: "c", 0: "a"}
	fmt.Println(len(c), c[1] == "", c) // expect: 3 true [a  c]
	d := [5]int{1, 3: 7, 8}
	fmt.Println(d) // expect: [1 0 0 7 8]
	pa := &a
	pb := pa
	pb[0] = -1
	fmt.Println(a[0], *pa == a) // expect: -1 true
	arrs := [][2]int{{1, 2}, {3, 4}}
	x := arrs[0]
	x[0] = 50
	fmt.Println(arrs, x) // expect: [[1 2] [3 4]] [50 2]
	m := map[[2]int]string{{1, 2}: "onetwo"}
	fmt.Println(m[[2]int{1, 2}], m[x] == "") // expect: onetwo true
	var e [0]int
	fmt.Println(len(e), e) // expect: 0 []
}
