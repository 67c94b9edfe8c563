package main

import (
	"fmt"
	"runtime"
	"time"
)

type phoenix struct {
	name string
	self [4]*int
}

var rose = make(chan int, 10)

// A finalizer may set itself again; nothing of one call holds the object until the next.
func rise(p *phoenix) {
	for i := range p.self {
		p.self[i] = new(int)
	}
	runtime.SetFinalizer(p, rise)
	rose <- len(p.name)
}

func main() {
	done := make(chan bool)
	go func() {
		runtime.SetFinalizer(&phoenix{name: "phoenix"}, rise)
		done <- true
	}()
	<-done
	n := 0
	for try := 0; n < 5 && try < 500; try++ {
		runtime.GC()
		select {
		case <-rose:
			n++
		case <-time.After(time.Millisecond):
		}
	}
	fmt.Println(n) // expect: 5
}
