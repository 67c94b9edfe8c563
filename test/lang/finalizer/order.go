package main

import (
	"fmt"
	"runtime"
	"time"
)

// Finalizers: which run, in which order, with what.

type node struct {
	name string
	to   *node
	pad  [4]int
}

var ran = make(chan string, 100)

func collect(n int) []string {
	var out []string
	for try := 0; len(out) < n && try < 500; try++ {
		runtime.GC()
		select {
		case s := <-ran:
			out = append(out, s)
		case <-time.After(time.Millisecond):
		}
	}
	return out
}

// On a stack that is gone afterwards, with all that it held.
func apart(f func()) {
	done := make(chan bool)
	go func() {
		f()
		done <- true
	}()
	<-done
}

func chain() {
	c := &node{name: "c"}
	b := &node{name: "b", to: c}
	a := &node{name: "a", to: b}
	for _, n := range []*node{c, b, a} {
		runtime.SetFinalizer(n, func(n *node) {
			s := n.name
			if n.to != nil {
				s += ">" + n.to.name // what it points to is still there
			}
			ran <- s
		})
	}
}

func cycle() {
	a, b := &node{name: "cycle"}, &node{name: "partner"}
	a.to, b.to = b, a
	runtime.SetFinalizer(a, func(n *node) { ran <- n.name })
}

func cleared() {
	a := &node{name: "cleared"}
	runtime.SetFinalizer(a, func(n *node) { ran <- n.name })
	runtime.SetFinalizer(a, nil)
	runtime.SetFinalizer(a, nil)
}

var saved *node

func revived() {
	a := &node{name: "revived", to: &node{name: "friend"}}
	runtime.SetFinalizer(a, func(n *node) {
		saved = n
		ran <- n.name
	})
}

type shower interface{ show() string }

func (n *node) show() string { return "show " + n.name }

func kinds() {
	runtime.SetFinalizer(&node{name: "any"}, func(x any) { ran <- x.(*node).name })
	runtime.SetFinalizer(&node{name: "shower"}, func(x shower) { ran <- x.show() })
	runtime.SetFinalizer(&node{name: "one"}, func(n *node) int { ran <- n.name; return 1 })
	runtime.SetFinalizer(&node{name: "many"}, func(n *node) (a, b string, c [10]int) {
		ran <- n.name
		return
	})
	runtime.SetFinalizer(&node{name: "manyany"}, func(n any) (a, b string) {
		ran <- n.(*node).name
		return
	})
	big := new([100000]*int)
	runtime.SetFinalizer(big, func(*[100000]*int) { ran <- "big" })
	runtime.SetFinalizer(new([4]int), func(*[4]int) { ran <- "plain" })
}

var global [3]node

func main() {
	apart(chain)
	fmt.Println(collect(3)) // expect: [a>b b>c c]
	apart(cycle)
	apart(cleared)
	apart(revived)
	fmt.Println(collect(1)) // expect: [revived]
	for i := 0; i < 3; i++ {
		runtime.GC()
	}
	fmt.Println(saved.name, saved.to.name, len(ran)) // expect: revived friend 0
	// It has none any more, and may get another one.
	apart(func() {
		runtime.SetFinalizer(saved, func(n *node) { ran <- n.name + " again" })
		saved = nil
	})
	fmt.Println(collect(1)) // expect: [revived again]

	apart(kinds)
	got := map[string]bool{}
	for _, s := range collect(7) {
		got[s] = true
	}
	fmt.Println(len(got), got["any"], got["show shower"], got["one"], got["many"], got["manyany"], got["big"], got["plain"]) // expect: 7 true true true true true true true

	// What is no object of the heap is taken and left alone.
	runtime.SetFinalizer(&global[1], func(*node) { ran <- "global" })
	runtime.SetFinalizer(&struct{}{}, func(*struct{}) { ran <- "empty" })
	fmt.Println(runtime.NumGoroutine()) // expect: 1
}
