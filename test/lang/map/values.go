// Values are not addressable; structs are replaced whole, pointers and slices are shared.
package main

import "fmt"

type acc struct {
	n int
	s []string
}

func main() {
	m := map[string]acc{}
	a := m["x"]
	a.n++
	fmt.Println(m["x"].n)
	// expect: 0
	m["x"] = a
	fmt.Println(m["x"].n, m["y"].s == nil) // expect: 1 true
	p := map[string]*acc{"p": {}}
	p["p"].n += 5
	p["p"].s = append(p["p"].s, "a", "b")
	fmt.Println(p["p"].n, p["p"].s) // expect: 5 [a b]
	s := map[string][]int{}
	s["a"] = append(s["a"], 1)
	s["a"] = append(s["a"], 2)
	s["a"][0] = 10
	fmt.Println(s) // expect: map[a:[10 2]]
	mm := map[string]map[string]int{}
	if mm["a"] == nil {
		mm["a"] = map[string]int{}
	}
	mm["a"]["b"]++
	fmt.Println(mm, mm["z"]["q"])
	// expect: map[a:map[b:1]] 0
	f := map[string]func(int) int{"double": func(n int) int { return 2 * n }}
	fmt.Println(f["double"](21), f["none"] == nil)         // expect: 42 true
	fmt.Println(map[string][3]int{"k": {1, 2, 3}}["k"][1]) // expect: 2
	set := map[string]struct{}{"a": {}}
	_, in := set["a"]
	fmt.Println(in) // expect: true
}
