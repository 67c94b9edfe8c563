// Sleep, After, AfterFunc, Timer.Stop and Reset, Ticker; order of events.
package main

import (
	"fmt"
	"time"
)

func main() {
	start := time.Now()
	time.Sleep(15 * time.Millisecond)
	el := time.Since(start)
	fmt.Println(el >= 15*time.Millisecond, el < 5*time.Second, time.Now().After(start), start.Before(time.Now())) // expect: true true true true
	// In any order if the machine was busy meanwhile.
	ran := make(chan int, 3)
	time.AfterFunc(30*time.Millisecond, func() { ran <- 4 })
	time.AfterFunc(5*time.Millisecond, func() { ran <- 1 })
	time.AfterFunc(15*time.Millisecond, func() { ran <- 2 })
	fmt.Println(<-ran + <-ran + <-ran) // expect: 7
	late, early := time.NewTimer(30*time.Millisecond), time.NewTimer(5*time.Millisecond)
	middle := time.After(15 * time.Millisecond)
	l, m, e := <-late.C, <-middle, <-early.C // a channel holds when its timer fired
	fmt.Println(e.After(m), m.After(l))      // expect: false false
	t := time.NewTimer(time.Hour)
	fmt.Println(t.Stop(), t.Stop()) // expect: true false
	t.Reset(time.Millisecond)
	<-t.C
	fmt.Println("timer fired") // expect: timer fired
	tk := time.NewTicker(2 * time.Millisecond)
	for range 3 {
		<-tk.C
	}
	tk.Stop()
	fmt.Println("three ticks") // expect: three ticks
	f := time.AfterFunc(time.Hour, func() { fmt.Println("wrong") })
	fmt.Println(f.Stop()) // expect: true
}
