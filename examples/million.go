// Million: a million goroutines at once.
//
// Shows: what a goroutine costs. All of them are started and wait in a chain:
// each receives a number from its neighbour on the right, adds one and hands it
// to the left. One number put in at the far end comes out increased by a
// million. The memory for each goes to standard error.
//
// Usage: million [N]
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"
)

// link is one goroutine of the chain.
func link(left chan<- int, right <-chan int) {
	left <- 1 + <-right
}

// chain starts n links and returns both ends.
func chain(n int) (out <-chan int, in chan<- int) {
	leftmost := make(chan int)
	left := leftmost
	for range n {
		right := make(chan int)
		go link(left, right)
		left = right
	}
	return leftmost, left
}

// crowd starts n goroutines that wait for one signal and then count
// themselves; it returns the count when the last one is through.
func crowd(n int) int64 {
	var counted atomic.Int64
	start, done := make(chan struct{}), make(chan struct{})
	for range n {
		go func() {
			<-start
			if counted.Add(1) == int64(n) {
				close(done)
			}
		}()
	}
	close(start)
	<-done
	return counted.Load()
}

// memory is what the process has from the system for heap and stacks.
func memory() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.Sys
}

func main() {
	n := 1000000
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			n = v
		}
	}
	before, start := memory(), time.Now()
	out, in := chain(n)
	fmt.Println("goroutines waiting:", runtime.NumGoroutine()-1)
	fmt.Fprintf(os.Stderr, "started in %v, %d bytes each\n",
		time.Since(start).Round(time.Millisecond), (memory()-before)/uint64(n))

	start = time.Now()
	in <- 0
	fmt.Println("through the chain:", <-out)
	fmt.Fprintf(os.Stderr, "passed through in %v\n", time.Since(start).Round(time.Millisecond))

	fmt.Println("released together:", crowd(n/10))
}
