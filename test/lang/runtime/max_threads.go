// debug.SetMaxThreads: a program that needs more threads dies.
// exit: 2
// stderr: runtime: program exceeds 20-thread limit
package main // fatal: thread exhaustion

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

func main() {
	fmt.Println(debug.SetMaxThreads(20)) // expect: 10000
	done := make(chan bool)
	for range 50 { // each keeps a thread of its own
		go func() {
			runtime.LockOSThread()
			<-done
		}()
	}
	for {
		runtime.Gosched()
	}
}
