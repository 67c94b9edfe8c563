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
	order := make(chan int, 3)
	time.AfterFunc(60*time.Millisecond, func() { order <- 3 })
	time.AfterFunc(5*time.Millisecond, func() { order <- 1 })
	time.AfterFunc(30*time.Millisecond, func() { order <- 2 })
	fmt.Println(<-order, <-order, <-order) // expect: 1 2 3
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
