package main

import (
	"fmt"
	"runtime"
	"time"
)

type box struct{ v, w *int }

// Others wait for a finalizer that blocks; its goroutine is none that counts.
func main() {
	begun, goOn, second := make(chan bool), make(chan bool), make(chan bool)
	done := make(chan bool)
	go func() {
		runtime.SetFinalizer(new(box), func(*box) {
			begun <- true
			<-goOn
		})
		done <- true
	}()
	<-done
	wait := func(ch chan bool) {
		for {
			runtime.GC()
			select {
			case <-ch:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}
	wait(begun)
	fmt.Println(runtime.NumGoroutine()) // expect: 1
	go func() {
		runtime.SetFinalizer(new(box), func(*box) { second <- true })
		done <- true
	}()
	<-done
	for i := 0; i < 5; i++ {
		runtime.GC()
	}
	select {
	case <-second:
		fmt.Println("not in turn")
	default:
	}
	goOn <- true
	wait(second)
	fmt.Println("in turn") // expect: in turn
}
