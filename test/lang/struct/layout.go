// Fields of all sizes side by side keep their values.
package main

import "fmt"

type mix struct {
	a bool
	b int64
	c uint8
	d float32
	e int16
	f string
	g uint8
	h []int
	i any
	j [3]byte
	k func() int
	l struct{ x, y int8 }
	m map[string]int
}

func main() {
	v := mix{true, -1, 255, 1.5, -300, "str", 7, []int{1, 2}, "any", [3]byte{1, 2, 3}, func() int { return 42 }, struct{ x, y int8 }{-1, 1}, map[string]int{"k": 1}}
	w := v
	w.b, w.j[1], w.h[0] = 5, 99, 100
	fmt.Println(v.a, v.b, v.c, v.d, v.e, v.f, v.g, v.h, v.i, v.j, v.k(), v.l, v.m)
	// expect: true -1 255 1.5 -300 str 7 [100 2] any [1 2 3] 42 {-1 1} map[k:1]
	fmt.Println(w.a, w.b, w.c, w.d, w.e, w.f, w.g, w.h, w.i, w.j, w.k(), w.l, w.m)
	// expect: true 5 255 1.5 -300 str 7 [100 2] any [1 99 3] 42 {-1 1} map[k:1]
	arr := [3]mix{1: v}
	arr[2] = arr[1]
	arr[2].l.y = 9
	fmt.Println(arr[1].l, arr[2].l, arr[0].f == "", arr[2].f) // expect: {-1 1} {-1 9} true str
}
