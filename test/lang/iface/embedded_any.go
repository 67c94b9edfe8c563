// Conversions among interfaces, any in maps, slices and channels.
package main

import "fmt"

type R interface{ Read() string }
type W interface{ Write(string) }
type RW interface {
	R
	W
}
type file struct{ data string }

func (f *file) Read() string   { return f.data }
func (f *file) Write(s string) { f.data += s }

func main() {
	var rw RW = &file{}
	rw.Write("abc")
	var r R = rw
	var w W = rw
	w.Write("def")
	fmt.Println(r.Read(), r.(W) == w, r.(RW) == rw) // expect: abcdef true true
	var a any = r
	a.(W).Write("!")
	fmt.Println(a.(*file).data) // expect: abcdef!
	ch := make(chan any, 3)
	ch <- 1
	ch <- "two"
	ch <- r
	fmt.Println(<-ch, <-ch, (<-ch).(R).Read()) // expect: 1 two abcdef!
	m := map[string]any{"n": 1, "s": "x", "f": func(n int) int { return n + 1 }, "m": map[string]any{"deep": true}}
	fmt.Println(m["n"].(int)+1, m["f"].(func(int) int)(41), m["m"].(map[string]any)["deep"]) // expect: 2 42 true
}
