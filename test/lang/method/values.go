// A method value binds its receiver now; a method expression takes it as an argument.
package main

import "fmt"

type T struct{ n int }

func (t T) Get() int         { return t.n }
func (t *T) Set(n int)       { t.n = n }
func (t T) Add(a, b int) int { return t.n + a + b }

func apply(f func() int) int { return f() }

func main() {
	t := T{1}
	get, set := t.Get, t.Set
	t.n = 2
	fmt.Println(get(), t.Get()) // expect: 1 2
	set(7)
	fmt.Println(t.n, get())                             // expect: 7 1
	fmt.Println(T.Get(t), (*T).Get(&t), T.Add(t, 1, 2)) // expect: 7 7 10
	(*T).Set(&t, 9)
	fmt.Println(t) // expect: {9}
	p := &t
	pget := p.Get
	p.n = 10
	fmt.Println(pget(), p.Get(), apply(p.Get), apply(t.Get)) // expect: 9 10 10 10
	var i interface{ Get() int } = t
	iget := i.Get
	i = T{99}
	fmt.Println(iget(), i.Get()) // expect: 10 99
	fs := []func(int, int) int{t.Add, T{100}.Add}
	for _, f := range fs {
		fmt.Println(f(1, 1))
	}
	// expect: 12
	// expect: 102
	e := interface{ Get() int }.Get
	fmt.Println(e(t))                      // expect: 10
	fmt.Printf("%T %T\n", T.Get, (*T).Set) // expect: func(main.T) int func(*main.T, int)
	defer t.Set(0)
	go t.Get()
}
