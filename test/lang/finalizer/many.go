package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

// Finalizers set, cleared and run while collections go on; each object arrives whole.

type leaf struct{ v int }

type item struct {
	v    int
	leaf *leaf
	next *item
}

var sum, count, wrong atomic.Int64

func done(it *item) {
	if it.leaf.v != it.v*3 || (it.next != nil && it.next.leaf.v != it.next.v*3) {
		wrong.Add(1)
	}
	sum.Add(int64(it.v))
	count.Add(1)
}

//go:noinline
func makeSome(from, n int) {
	var last *item
	for i := from; i < from+n; i++ {
		it := &item{v: i}
		runtime.SetFinalizer(it, done)
		it.leaf = &leaf{i * 3} // after the finalizer was set
		if i%3 == 0 {
			it.next = last
		}
		last = it
		if i%10 == 7 {
			runtime.SetFinalizer(it, nil)
		}
	}
}

var sink [4][]byte // one for each worker

func main() {
	const workers, rounds, each = 4, 20, 100
	finished := make(chan bool)
	for w := 0; w < workers; w++ {
		go func() {
			for r := 0; r < rounds; r++ {
				makeSome((w*rounds+r)*each, each)
				sink[w] = make([]byte, 10000)
				if r%5 == 0 {
					runtime.GC()
				}
			}
			finished <- true
		}()
	}
	for w := 0; w < workers; w++ {
		<-finished
	}
	const total = workers * rounds * each
	want := int64(total - total/10)
	for i := 0; i < 2000 && count.Load() < want-10; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	// A few may still be on some stack, as far as a conservative collector can tell.
	fmt.Println(count.Load() >= want-10, count.Load() <= want, wrong.Load()) // expect: true true 0
}
