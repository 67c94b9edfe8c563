// range may assign to existing variables, elements and fields.
package main

import "fmt"

type T struct{ k, v int }

func main() {
	var t T
	for t.k, t.v = range []int{5, 6, 7} {
	}
	fmt.Println(t) // expect: {2 7}
	var a [2]int
	for a[0], a[1] = range []int{8, 9} {
	}
	fmt.Println(a) // expect: [1 9]
	var i int
	var r rune
	for i, r = range "xyz" {
	}
	fmt.Println(i, r) // expect: 2 122
	m := map[string]int{}
	for _, m["last"] = range []int{1, 2, 3} {
	}
	fmt.Println(m) // expect: map[last:3]
	var p = new(int)
	for *p = range 4 {
	}
	fmt.Println(*p) // expect: 3
	var x any
	for _, x = range []int{1, 2} {
	}
	fmt.Println(x) // expect: 2
}
