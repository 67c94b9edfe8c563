// exit: 2
// stderr: panic: runtime error: runtime.Pinner: found leaking pinned pointer; forgot to call Unpin()?
package main

import (
	"fmt"
	"runtime"
	"time"
)

type owner struct {
	pinner runtime.Pinner
	v      int
}

// One that is unpinned, and used again, is no leak; nor is one that never pinned.
func fine() {
	for i := 0; i < 100; i++ {
		o := new(owner)
		o.pinner.Pin(new(int))
		o.pinner.Pin(&o.v)
		o.pinner.Unpin()
		o.pinner.Unpin()
		o.pinner.Pin(new(int))
		o.pinner.Unpin()
	}
	new(owner).v++
}

func apart(f func()) {
	done := make(chan bool)
	go func() {
		f()
		done <- true
	}()
	<-done
}

func main() {
	apart(fine)
	for i := 0; i < 3; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	fmt.Println("no leak so far") // expect: no leak so far
	apart(func() { new(owner).pinner.Pin(new(int)) })
	for i := 0; i < 1000; i++ {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
	fmt.Println("the leak was not found")
}
