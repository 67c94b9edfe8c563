// Package runtime/trace: a trace that is on and off, from any goroutine, with
// regions, tasks and messages, while collections run. What is in the file differs
// from Go; that there is one does not.
package main

import (
	"bytes"
	"context"
	"fmt"
	"runtime"
	"runtime/trace"
	"sync"
)

type slowWriter struct {
	bytes.Buffer
}

func (w *slowWriter) Write(p []byte) (int, error) {
	runtime.Gosched()
	return w.Buffer.Write(p)
}

func round(n int) int {
	var out slowWriter
	if err := trace.Start(&out); err != nil {
		panic(err)
	}
	if err := trace.Start(&out); err == nil || err.Error() != "runtime error: tracing is already enabled" {
		panic(fmt.Sprint("second Start: ", err))
	}
	ctx, task := trace.NewTask(context.Background(), "round")
	var wg sync.WaitGroup
	for i := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			defer trace.StartRegion(ctx, "part").End()
			trace.Logf(ctx, "part", "%d of %d", i, n)
			if i == 0 {
				runtime.GC()
			}
		}()
	}
	wg.Wait()
	trace.WithRegion(ctx, "end", func() { trace.Log(ctx, "", "done") })
	task.End()
	if n%2 == 0 {
		trace.Stop()
	} else { // by another goroutine
		done := make(chan bool)
		go func() {
			trace.Stop()
			close(done)
		}()
		<-done
	}
	return out.Len()
}

func main() {
	fmt.Println(trace.IsEnabled()) // expect: false
	trace.Stop()                   // none is on: nothing happens
	good := 0
	for i := 1; i <= 8; i++ {
		if round(i) > 100 && !trace.IsEnabled() {
			good++
		}
	}
	fmt.Println(good) // expect: 8
	trace.Log(context.Background(), "off", "goes nowhere")
	trace.WithRegion(context.Background(), "off", func() { fmt.Println("runs") }) // expect: runs
	var out bytes.Buffer
	trace.Start(&out)
	fmt.Println(trace.IsEnabled()) // expect: true
	trace.Stop()
	trace.Stop()
	fmt.Println(trace.IsEnabled(), out.Len() > 0) // expect: false true
}
