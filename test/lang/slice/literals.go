// Composite literals with keys, nested without type names.
package main

import "fmt"

type P struct{ x, y int }

func main() {
	fmt.Println([]int{5: 1, 2, 1: 7}) // expect: [0 7 0 0 0 1 2]
	fmt.Println([]P{{1, 2}, {y: 3}})  // expect: [{1 2} {0 3}]
	pp := []*P{{1, 2}, {3, 4}}
	fmt.Println(pp[1].x, *pp[0])                         // expect: 3 {1 2}
	fmt.Println([][]int{{1}, {}, {2, 3}, nil})           // expect: [[1] [] [2 3] []]
	fmt.Println(map[string][]int{"a": {1}, "b": {2, 3}}) // expect: map[a:[1] b:[2 3]]
	fmt.Println(map[P]string{{1, 2}: "p"})               // expect: map[{1 2}:p]
	fmt.Println([...]string{'c' - 'a': "third"})         // expect: [  third]
	fmt.Println([]any{1, "a", nil, []int{1}, P{1, 2}})   // expect: [1 a <nil> [1] {1 2}]
	const k = 2
	fmt.Println([]string{k: "two", k + 1: "three"}[k]) // expect: two
	fmt.Println(len([]int{99: 0}), [3]bool{true})      // expect: 100 [true false false]
}
