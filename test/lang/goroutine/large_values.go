// Large values as arguments, receivers and results, in every kind of call, with the stack at every fill: neither the
// caller nor the glue between it and the function may run over the end of a segment.
package main

import "fmt"

type block struct {
	id   int
	data [1500]int
	next *block
}

type pair struct{ a, b block }

type summer interface{ sum() int }

func (b block) sum() int {
	b.data[0]++ // its own copy
	return b.id + b.data[0] + b.data[1499]
}

func (b block) with(c block, n int) block {
	b.id += c.id + n
	b.data[1499] += c.data[1499]
	return b
}

type outer struct {
	n int
	block
}

//go:noinline
func build(id int) (b block) {
	b.id, b.data[0], b.data[1499] = id, 1, 2
	return
}

//go:noinline
func two(x, y block, n int) (block, block) {
	x.id, y.id = y.id+n, x.id+n
	return x, y
}

var global = build(5)

func viaGlobal() int {
	change := func(b block) int {
		global.id = 100
		return b.id
	}
	got := change(global)
	global.id = 5
	return got
}

//go:noinline
func calls() int {
	total := global.sum()
	b := build(7)
	total += b.with(global, 1).sum()
	var s summer = b
	total += s.sum()
	s = &b
	total += s.sum()
	s = outer{1, b}
	total += s.sum()
	s = &outer{2, b}
	total += s.sum()
	f := b.sum
	total += f()
	g := block.with
	total += g(b, global, 2).sum()
	h := (*block).sum
	total += h(&b)
	lit := func(x block, k int) int { return x.sum() + k + b.id }
	total += lit(b, 3)
	x, y := two(b, global, 4)
	total += x.sum() + y.sum()
	x, y = swap(two(y, x, 1))
	total += x.sum() + y.sum()
	func() {
		defer func(c block, at int) { total += c.sum() + at }(b, 5)
		defer b.with(global, 1).note(&total)
		b.id = 1000
	}()
	b.id = 7
	c := make(chan block, 1)
	go func(v block) { c <- v }(b)
	v := <-c
	total += v.sum()
	m := map[int]block{1: b}
	total += m[1].sum()
	p := pair{b, global}
	total += p.a.with(p.b, 1).sum() + [2]block{b, p.b}[1].sum()
	return total + viaGlobal()
}

func (b block) note(to *int) { *to += b.id }

func swap(x, y block) (block, block) { return y, x }

func init() {
	var nobody *block
	defer func() { fmt.Println(recover() != nil) }() // expect: true
	nobody.sum()
}

func down(n int) int {
	if n == 0 {
		return calls()
	}
	return down(n-1) + 1
}

func main() {
	want := calls()
	fmt.Println(want) // expect: 277
	done := make(chan int)
	for n := 0; n < 400; n++ {
		go func() { done <- down(n) }()
		if got := <-done; got != want+n {
			fmt.Println("depth", n, "gave", got)
		}
	}
}
