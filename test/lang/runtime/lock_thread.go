package main

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

func thread() string {
	s, _ := os.Readlink("/proc/thread-self")
	return s
}

// A goroutine that is tied to a thread stays there, whatever it waits for.
func tied(n int, ch chan int, done chan bool) {
	runtime.LockOSThread()
	runtime.LockOSThread()
	tid := thread()
	same := true
	for i := 0; i < 200; i++ {
		switch i % 4 {
		case 0:
			ch <- i
		case 1:
			<-ch
		case 2:
			runtime.Gosched()
		case 3:
			if n == 0 && i%40 == 3 {
				time.Sleep(100 * time.Microsecond)
			}
		}
		if i%20 == 0 {
			same = same && thread() == tid
		}
	}
	runtime.UnlockOSThread()
	runtime.Gosched()
	same = same && thread() == tid
	runtime.UnlockOSThread()
	runtime.UnlockOSThread() // one too many does nothing
	done <- same
}

func main() {
	ch, done := make(chan int, 4), make(chan bool)
	for i := 0; i < 6; i++ {
		go tied(i, ch, done)
	}
	for i := 0; i < 3; i++ {
		runtime.GC()
	}
	all := true
	for i := 0; i < 6; i++ {
		all = <-done && all
	}
	fmt.Println(all) // expect: true
	runtime.LockOSThread()
	go func() { done <- true }()
	fmt.Println(<-done) // expect: true
}
