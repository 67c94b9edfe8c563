// clear empties maps and zeroes slices.
package main

import "fmt"

func main() {
	m := map[string]int{"a": 1, "b": 2}
	clear(m)
	fmt.Println(m, len(m)) // expect: map[] 0
	m["c"] = 3
	fmt.Println(m) // expect: map[c:3]
	s := []string{"a", "b", "c", "d"}
	clear(s[1:3])
	fmt.Printf("%q\n", s) // expect: ["a" "" "" "d"]
	type t struct {
		p *int
		n int
	}
	ts := []t{{new(int), 1}, {new(int), 2}}
	clear(ts)
	fmt.Println(ts[0].p == nil, ts[1].n, len(ts)) // expect: true 0 2
}
