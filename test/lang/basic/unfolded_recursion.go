// Recursive functions so small that the C compiler unfolds several levels of
// them into one frame: each unfolded level still has its stack check, and a
// crossing into a new segment from any of them passes on all arguments. Each
// depth runs in a goroutine of its own, on a small first segment.
package main

import "fmt"

type square struct {
	a, b, c, d uint32
	depth      int
}

func (s square) count() int {
	if s.depth == 0 {
		return int(s.a ^ s.b ^ s.c ^ s.d)
	}
	return 1 + square{s.b, s.c, s.d, s.a + 1, s.depth - 1}.count()
}

type pair struct{ x, y uint32 }

func (p pair) walk(n int) int {
	if n == 0 {
		return int(p.x) - int(p.y)
	}
	m := 0
	for k := n & 1; k < 2; k++ {
		m = pair{p.y, p.x + 1}.walk(n - 1)
	}
	return m
}

func mean(x float64, f float32, s []int, n int) (float64, float32, []int) {
	if n == 0 {
		return x, f, s
	}
	return mean(x+1, f-1, s[1:], n-1)
}

type list struct {
	next *list
	n    int
}

func build(l *list, n int) *list {
	if n == 0 {
		return l
	}
	return build(&list{l, n}, n-1)
}

func even(n int) bool {
	if n == 0 {
		return true
	}
	return odd(n - 1)
}

func odd(n int) bool {
	if n == 0 {
		return false
	}
	return even(n - 1)
}

func check(n int, s []int) string {
	if got, want := (square{0, 0, 0, 0, n}).count(), n+want(n); got != want {
		return fmt.Sprint("count ", got, " instead of ", want)
	}
	x, f, rest := mean(0.5, 0.25, s[:n+1], n)
	if x != float64(n)+0.5 || f != 0.25-float32(n) || len(rest) != 1 || rest[0] != n {
		return fmt.Sprint("mean ", x, f, rest)
	}
	if even(n) != (n%2 == 0) {
		return "even"
	}
	i := 0
	for l := build(nil, n); l != nil; l = l.next {
		i++
		if l.n != i {
			return fmt.Sprint("list has ", l.n, " instead of ", i)
		}
	}
	if i != n {
		return fmt.Sprint("list of ", i)
	}
	if n < 24 {
		if got := (pair{0, 0}).walk(n); got != -(n & 1) {
			return fmt.Sprint("walk ", got)
		}
	}
	return ""
}

// want is what square.count comes to at depth 0: four counters, turned n times.
func want(n int) int {
	v := [4]int{n / 4, n / 4, n / 4, n / 4}
	for i := 0; i < n%4; i++ {
		v[i]++
	}
	return v[0] ^ v[1] ^ v[2] ^ v[3]
}

func main() {
	s := make([]int, 2000)
	for i := range s {
		s[i] = i
	}
	done := make(chan string)
	bad := 0
	for n := 0; n < 400; n++ {
		go func() { done <- check(n, s) }()
		if e := <-done; e != "" {
			fmt.Println(n, e)
			bad++
		}
	}
	go func() { done <- check(1999, s) }()
	fmt.Println(bad, <-done == "") // expect: 0 true
}
