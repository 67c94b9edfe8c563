// runtime.Goexit runs deferred calls, recover returns nil, and only that goroutine ends.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	done := make(chan bool)
	// expect: inner deferred
	// expect: recover gives <nil>
	go func() {
		defer close(done)
		defer func() { fmt.Println("recover gives", recover()) }()
		func() {
			defer fmt.Println("inner deferred")
			runtime.Goexit()
		}()
		fmt.Println("not reached")
	}()
	<-done
	fmt.Println("main goes on") // expect: main goes on
}
