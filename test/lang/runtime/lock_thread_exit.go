// A goroutine that exits while it is tied to a thread takes the thread with it, by
// return, by Goexit, and in any number; the program goes on with fresh threads. A
// deadlock is still seen: see lock_thread_deadlock.go.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

func thread() string {
	s, _ := os.Readlink("/proc/thread-self")
	return s[strings.LastIndex(s, "/")+1:]
}

func alive(tid string) bool {
	_, err := os.Stat("/proc/self/task/" + tid)
	return err == nil
}

// gone waits until the thread has ended: that is a matter of the kernel, too.
func gone(tid string) bool {
	for range 2000 {
		if !alive(tid) {
			return true
		}
		time.Sleep(time.Millisecond)
	}
	return false
}

func main() {
	first := thread()
	fmt.Println(alive(first)) // expect: true
	tids := make(chan string)
	ended, stayed := 0, 0
	for i := range 60 {
		go func() {
			runtime.LockOSThread()
			tids <- thread()
			if i%3 == 0 {
				runtime.UnlockOSThread() // this one gives it back
			} else if i%3 == 1 {
				runtime.Goexit()
			}
		}()
		tid := <-tids
		if i%3 == 0 || tid == fmt.Sprint(os.Getpid()) { // the process's own cannot end
			stayed++
		} else if gone(tid) {
			ended++
		}
		if i%10 == 0 {
			runtime.GC()
		}
	}
	fmt.Println(ended+stayed, ended >= 30) // expect: 60 true
	// many at once
	start, done := make(chan bool), make(chan bool, 100)
	for range 100 {
		go func() {
			runtime.LockOSThread()
			<-start
			done <- true
		}()
	}
	close(start)
	for range 100 {
		<-done
	}
	runtime.GC()
	fmt.Println("goes on") // expect: goes on
}
