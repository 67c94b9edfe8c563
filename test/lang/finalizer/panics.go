package main

import (
	"runtime"
	"time"
)

type box struct{ v, w *int }

// A panic in a finalizer ends the program as any other.
func main() {
	done := make(chan bool)
	go func() {
		runtime.SetFinalizer(new(box), func(*box) {
			panic("in a finalizer") // panic: in a finalizer
		})
		close(done)
	}()
	<-done
	for {
		runtime.GC()
		time.Sleep(time.Millisecond)
	}
}
