// A deadlock is seen although threads have ended with their goroutines and others
// sleep tied to theirs.
package main // fatal: all goroutines are asleep - deadlock!

import "runtime"

func main() {
	done := make(chan bool)
	for range 5 {
		go func() {
			runtime.LockOSThread()
			done <- true
		}()
		<-done
	}
	runtime.LockOSThread()
	go func() {
		runtime.LockOSThread()
		<-done
	}()
	<-done
}
