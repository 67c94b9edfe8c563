// Closures share the variables they capture, and keep them alive.
package main

import "fmt"

func counter() (func() int, func()) {
	n := 0
	return func() int { n++; return n }, func() { n = 100 }
}

func compose(fs ...func(int) int) func(int) int {
	return func(x int) int {
		for _, f := range fs {
			x = f(x)
		}
		return x
	}
}

func fib() func() int {
	a, b := 0, 1
	return func() int {
		r := a
		a, b = b, a+b
		return r
	}
}

func main() {
	next, reset := counter()
	fmt.Println(next(), next()) // expect: 1 2
	reset()
	fmt.Println(next()) // expect: 101
	other, _ := counter()
	fmt.Println(other(), next()) // expect: 1 102
	f := compose(func(x int) int { return x + 1 }, func(x int) int { return x * x })
	fmt.Println(f(3)) // expect: 16
	g := fib()
	for range 10 {
		fmt.Print(g(), " ")
	}
	fmt.Println() // expect: 0 1 1 2 3 5 8 13 21 34
	x := 1
	inc := func() { x++ }
	inc()
	inc()
	fmt.Println(x) // expect: 3
	func(y int) { x += y }(10)
	fmt.Println(x) // expect: 13
	var rec func(int) int
	rec = func(n int) int {
		if n == 0 {
			return 0
		}
		return n + rec(n-1)
	}
	fmt.Println(rec(100)) // expect: 5050
	s := []int{1}
	add := func(v int) { s = append(s, v) }
	add(2)
	add(3)
	fmt.Println(s) // expect: [1 2 3]
	var nilf func()
	fmt.Println(nilf == nil, inc != nil) // expect: true true
	type op func(a, b int) int
	ops := map[string]op{"+": func(a, b int) int { return a + b }, "-": func(a, b int) int { return a - b }}
	fmt.Println(ops["+"](1, 2), ops["-"](1, 2)) // expect: 3 -1
	k := func() func() func() string {
		return func() func() string { return func() string { return fmt.Sprint("deep ", x) } }
	}
	x = 0
	fmt.Println(k()()()) // expect: deep 0
}
