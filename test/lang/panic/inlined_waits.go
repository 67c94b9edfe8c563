// A function that waits for its second call (more stack, or a request served
// first) may be inlined into its caller: the traceback leaves out the one that
// waits, not the caller.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"time"
)

var depth int

//go:noinline
func where() []string {
	pcs := make([]uintptr, 32)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	var names []string
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") {
			names = append(names, f.Function)
		}
		if !more {
			return names
		}
	}
}

func inner() []string { return where() }

func middle() []string {
	names := inner()
	return names
}

func main() {
	stop := make(chan bool)
	go func() { // whose requests send a call the long way
		for {
			select {
			case <-stop:
				stop <- true
				return
			default:
				runtime.GC()
			}
		}
	}()
	wrong := 0
	start := time.Now() // a slow build does fewer rounds
	for i := 0; i < 20000 && time.Since(start) < 3*time.Second; i++ {
		names := strings.Join(middle(), " ")
		if names != "main.inner main.middle main.main" {
			if wrong == 0 {
				fmt.Println("got", names)
			}
			wrong++
		}
	}
	stop <- true
	<-stop
	fmt.Println(wrong) // expect: 0
}
