// A finalizer runs after the object is unreachable.
package main

import (
	"fmt"
	"runtime"
	"time"
)

type res struct {
	id  int
	buf [100]byte
}

func make1(done chan int) {
	for i := range 10 {
		r := &res{id: i}
		runtime.SetFinalizer(r, func(r *res) { done <- r.id })
	}
}

func main() {
	done := make(chan int, 10)
	make1(done)
	got := 0
	for range 50 {
		runtime.GC()
		select {
		case <-done:
			got++
		case <-time.After(10 * time.Millisecond):
		}
		if got > 0 {
			break
		}
	}
	fmt.Println(got > 0) // expect: true
}
