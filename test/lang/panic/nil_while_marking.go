// A nil dereference is a panic also at the moment in which the collector asks
// the goroutine for its stack: a suspender holds the scan bit then.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type pair struct{ a, b int }

func first(p *pair) (v int) {
	defer func() {
		if recover() != nil {
			v = -1
		}
	}()
	return p.a
}

func main() {
	debug.SetGCPercent(1)
	done := make(chan bool)
	go func() {
		for i := 0; ; i++ {
			select {
			case <-done:
				done <- true
				return
			default:
				runtime.GC()
			}
		}
	}()
	caught := 0
	for i := 0; i < 30000; i++ {
		if first(nil) == -1 {
			caught++
		}
	}
	done <- true
	<-done
	fmt.Println(caught) // expect: 30000
}
