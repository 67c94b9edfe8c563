// A loop without calls does not keep others from running, even on one processor.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

var started, stop int32

func endless() {
	x := 0
	atomic.AddInt32(&started, 1)
	for i := 0; i < 1<<62; i++ {
		x += i
	}
	fmt.Println("impossible", x)
}

func main() {
	runtime.GOMAXPROCS(1)
	done := make(chan bool)
	go endless()
	go endless()
	go func() {
		atomic.AddInt32(&started, 1)
		for atomic.LoadInt32(&stop) == 0 {
		}
		done <- true
	}()
	for atomic.LoadInt32(&started) < 3 {
		time.Sleep(time.Millisecond)
	}
	fmt.Println("all three have run") // expect: all three have run
	atomic.StoreInt32(&stop, 1)
	fmt.Println(<-done) // expect: true
	runtime.GC()
	fmt.Println("collected beside two endless loops") // expect: collected beside two endless loops
}
