// Value and pointer receivers, automatic address and dereference, nil receivers.
package main

import "fmt"

type counter int

func (c counter) value() int { return int(c) }
func (c *counter) inc()      { *c++ }

type list struct {
	v    int
	next *list
}

func (l *list) sum() int {
	if l == nil {
		return 0
	}
	return l.v + l.next.sum()
}

type fn func() string

func (f fn) call() string { return "<" + f() + ">" }

type strs []string

func (s *strs) push(x string) { *s = append(*s, x) }
func (s strs) last() string   { return s[len(s)-1] }

type m map[string]int

func (x m) bump(k string) m { x[k]++; return x }

func main() {
	var c counter
	c.inc()
	p := &c
	p.inc()
	fmt.Println(c.value(), p.value()) // expect: 2 2
	cs := []counter{1, 2}
	cs[1].inc()
	fmt.Println(cs) // expect: [1 3]
	st := struct{ c counter }{5}
	st.c.inc()
	fmt.Println(st.c) // expect: 6
	var l *list
	fmt.Println(l.sum(), (&list{1, &list{2, nil}}).sum()) // expect: 0 3
	fmt.Println(fn(func() string { return "f" }).call())  // expect: <f>
	var s strs
	s.push("a")
	s.push("b")
	fmt.Println(s, s.last(), len(s))     // expect: [a b] b 2
	fmt.Println(m{}.bump("x").bump("x")) // expect: map[x:2]
	fmt.Println(counter(7).value())      // expect: 7
}
