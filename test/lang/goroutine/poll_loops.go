// T-poll-loops: every form of loop and of recursion lets itself be stopped. Each runs until it is told to end; meanwhile
// the world is stopped and a collection runs, which a loop without a safepoint would keep waiting for ever.
// (golang/go#10958, #15442, #28289.)
package main

import (
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"
)

var begun, stop int32

// A call is a safepoint, so the loops test for themselves.
func on() bool { return atomic.LoadInt32(&stop) == 0 }

type shape interface{ area() int }
type square int

func (s square) area() int { return int(s) * int(s) }

var sink int

func forEver() {
	for {
		if atomic.LoadInt32(&stop) != 0 {
			return
		}
	}
}

func condition() {
	for atomic.LoadInt32(&stop) == 0 {
	}
}

func threeParts() {
	for i := 0; atomic.LoadInt32(&stop) == 0; i++ {
		sink = i
	}
}

func plain() { // no call in the loop but the test, which is inlined
	x := 0
	for atomic.LoadInt32(&stop) == 0 {
		x++
	}
	sink = x
}

func continues() {
outer:
	for atomic.LoadInt32(&stop) == 0 {
		for i := 0; ; i++ {
			if i%3 != 0 {
				continue
			}
			if i > 10 || atomic.LoadInt32(&stop) != 0 {
				continue outer
			}
		}
	}
}

func jumpsBack() {
	x := 0
again:
	x++
	if atomic.LoadInt32(&stop) == 0 {
		goto again
	}
	sink = x
}

func overInt() {
	for i := range 1 << 60 {
		if atomic.LoadInt32(&stop) != 0 {
			sink = i
			return
		}
	}
}

func overArray() {
	var a [16]int
	for atomic.LoadInt32(&stop) == 0 {
		for i, v := range a {
			a[i] = v + 1
		}
	}
}

func overSlice() {
	s := make([]int, 1<<20)
	for atomic.LoadInt32(&stop) == 0 {
		for i := range s {
			s[i]++
		}
	}
}

func overString() {
	s := strings.Repeat("äb", 100000)
	for atomic.LoadInt32(&stop) == 0 {
		for _, r := range s {
			sink += int(r)
		}
	}
}

func overMap() {
	m := map[int]int{1: 1, 2: 2, 3: 3}
	for atomic.LoadInt32(&stop) == 0 {
		for k, v := range m {
			sink += k + v
		}
	}
}

func overChannel() {
	c := make(chan int, 1)
	go func() {
		for atomic.LoadInt32(&stop) == 0 {
			c <- 1
		}
		close(c)
	}()
	for v := range c {
		sink += v
	}
}

func selects() {
	c := make(chan int)
	for atomic.LoadInt32(&stop) == 0 {
		select {
		case v := <-c:
			sink += v
		default:
		}
	}
}

func receivesClosed() {
	c := make(chan int)
	close(c)
	for atomic.LoadInt32(&stop) == 0 {
		<-c
	}
}

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

func recursion() {
	for on() {
		sink = deep(1000)
	}
}

func tree(n int) int {
	if n == 0 || !on() {
		return 1
	}
	return tree(n-1) + tree(n-1)
}

func recursionOnly() { sink = tree(200) }

func mutual1(n int) { mutual2(n) }
func mutual2(n int) {
	if on() {
		defer func() { sink++ }()
		if n > 0 {
			mutual1(n - 1)
		}
	}
}

func deferred() {
	for on() {
		mutual1(50)
	}
}

func panics() {
	for on() {
		func() {
			defer func() { recover() }()
			panic(1)
		}()
	}
}

func closures() {
	f := func() bool { return on() }
	for f() {
	}
}

func closed() { // the loop itself is inside
	func() {
		for x := 0; atomic.LoadInt32(&stop) == 0; x++ {
		}
	}()
}

func methods() {
	var s shape = square(3)
	for on() {
		sink = s.area()
	}
}

func appends() {
	var s []byte
	for on() {
		s = append(s, 'x')
		if len(s) > 100000 {
			s = nil
		}
	}
}

func switches() {
	for i := 0; ; i++ {
		switch {
		case i%2 == 0:
			continue
		case atomic.LoadInt32(&stop) != 0:
			return
		}
	}
}

func main() {
	runtime.GOMAXPROCS(2)
	loops := []func(){forEver, condition, threeParts, plain, continues, jumpsBack, overInt, overArray, overSlice,
		overString, overMap, overChannel, selects, receivesClosed, recursion, recursionOnly, deferred, panics, closures,
		closed, methods, appends, switches}
	var m runtime.MemStats
	for _, loop := range loops {
		atomic.StoreInt32(&begun, 0)
		atomic.StoreInt32(&stop, 0)
		done := make(chan bool)
		go func() {
			atomic.StoreInt32(&begun, 1)
			loop()
			done <- true
		}()
		for atomic.LoadInt32(&begun) == 0 {
			runtime.Gosched()
		}
		runtime.ReadMemStats(&m)
		runtime.GC()
		atomic.StoreInt32(&stop, 1)
		<-done
	}
	fmt.Println(len(loops), "loops were stopped") // expect: 23 loops were stopped
}
