// Tracing begins and ends on a goroutine that is tied to its thread, and on one that
// takes the thread with it (golang/go#39004: stopping waited for a reader that nobody
// woke).
package main

import (
	"bytes"
	"fmt"
	"runtime"
	"runtime/trace"
)

func once() bool {
	var out bytes.Buffer
	if trace.Start(&out) != nil {
		return false
	}
	done := make(chan bool)
	go func() {
		runtime.LockOSThread()
		runtime.Gosched()
		done <- true // and the thread ends
	}()
	<-done
	trace.Stop()
	return out.Len() > 0
}

func main() {
	runtime.LockOSThread()
	good := 0
	for range 20 {
		if once() {
			good++
		}
	}
	fmt.Println(good) // expect: 20
	result := make(chan bool)
	for range 5 {
		go func() {
			runtime.LockOSThread()
			result <- once()
		}()
		if <-result {
			good++
		}
	}
	fmt.Println(good) // expect: 25
}
