// runtime.GoroutineProfile and runtime/debug.WriteHeapDump: stacks of all goroutines
// with names, a dump that begins as Go's does.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

type keep struct {
	next *keep
	data [100]int
}

var list *keep

func waitsInHere(c chan bool) { <-c }

func functions(r *runtime.StackRecord) string {
	var names []string
	frames := runtime.CallersFrames(r.Stack())
	for {
		f, more := frames.Next()
		if strings.HasPrefix(f.Function, "main.") {
			names = append(names, f.Function)
		}
		if !more {
			return strings.Join(names, " ")
		}
	}
}

func main() {
	c, back := make(chan bool), make(chan bool)
	for range 3 {
		go func() {
			waitsInHere(c)
			back <- true
		}()
	}
	for runtime.NumGoroutine() != 4 {
		runtime.Gosched()
	}
	runtime.Gosched()
	n, ok := runtime.GoroutineProfile(nil)
	fmt.Println(n, ok) // expect: 4 false
	records := make([]runtime.StackRecord, 10)
	n, ok = runtime.GoroutineProfile(records)
	fmt.Println(n, ok) // expect: 4 true
	waiting, mine := 0, 0
	for i := range n {
		names := functions(&records[i])
		if strings.HasPrefix(names, "main.waitsInHere main.main.func") {
			waiting++
		}
		if names == "main.main" {
			mine++
		}
	}
	// the three may not have got as far yet, but they soon have
	fmt.Println(waiting <= 3, mine) // expect: true 1

	for range 1000 {
		list = &keep{next: list}
	}
	f, err := os.CreateTemp("", "heapdump")
	if err != nil {
		panic(err)
	}
	defer os.Remove(f.Name())
	debug.WriteHeapDump(f.Fd())
	f.Close()
	data, _ := os.ReadFile(f.Name())
	fmt.Println(string(data[:15]), len(data) > 1000*800) // expect: go1.7 heap dump true
	for range 3 {
		c <- true
		<-back
	}
	fmt.Println(list.next != nil) // expect: true
}
