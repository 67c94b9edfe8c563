// Any comparable type is a key: structs, arrays, interfaces, pointers, channels.
package main

import "fmt"

type key struct {
	name string
	n    int8
	f    float32
}

type inner struct {
	k key
	a [2]string
}

func main() {
	m := map[key]int{{"a", 1, 2.5}: 1}
	m[key{"a", 1, 2.5}]++
	m[key{"b", 1, 2.5}]++
	fmt.Println(len(m), m[key{"a", 1, 2.5}])
	// expect: 2 2
	n := map[inner]bool{}
	n[inner{key{"x", 1, 0}, [2]string{"p", "q"}}] = true
	fmt.Println(n[inner{key{"x", 1, 0}, [2]string{"p", "q" + ""}}], n[inner{}]) // expect: true false
	i := map[any]string{1: "int", int8(1): "int8", "1": "string", 1.0: "float", true: "bool", nil: "nil", [1]int{1}: "array"}
	fmt.Println(len(i), i[1], i[int8(1)], i["1"], i[1.0], i[true], i[nil], i[[1]int{1}], i[uint(1)] == "") // expect: 7 int int8 string float bool nil array true
	a, b := new(int), new(int)
	p := map[*int]string{a: "a", b: "b"}
	fmt.Println(p[a], p[b], p[nil] == "") // expect: a b true
	c := make(chan int)
	ch := map[chan int]int{c: 5}
	fmt.Println(ch[c]) // expect: 5
	bm := map[bool]int{true: 1}
	bm[false]--
	fmt.Println(bm)
	// expect: map[false:-1 true:1]
	type e struct{}
	em := map[e]int{}
	em[e{}]++
	em[struct{}{}]++
	fmt.Println(em)
	// expect: map[{}:2]
	u := map[uint8]int{}
	for i := range 1000 {
		u[uint8(i)]++
	}
	fmt.Println(len(u), u[0], u[255]) // expect: 256 4 3
}
