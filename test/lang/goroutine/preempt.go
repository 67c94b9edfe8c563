// A loop without calls does not keep others from running, even on one processor.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"
)

func main() {
	runtime.GOMAXPROCS(1)
	var stop int32
	spins := 0
	done := make(chan bool)
	go func() {
		for atomic.LoadInt32(&stop) == 0 {
			spins++
		}
		done <- true
	}()
	go func() {
		x := 0
		for i := 0; i < 1<<62; i++ {
			x += i
		}
		fmt.Println("impossible", x)
	}()
	time.Sleep(20 * time.Millisecond)
	atomic.StoreInt32(&stop, 1)
	<-done
	fmt.Println(spins > 0) // expect: true
	runtime.GC()
	fmt.Println("collected beside an endless loop") // expect: collected beside an endless loop
}
