// Package runtime/pprof: the profile of goroutines, counted and one by one, also while
// they run and collections go on.
package main

import (
	"fmt"
	"runtime"
	"runtime/pprof"
	"strings"
	"sync/atomic"
)

func waitsInHere(c chan bool) { <-c }

var stop atomic.Bool

func runsInHere(done chan bool) {
	for n := 0; !stop.Load(); n++ {
	}
	done <- true
}

func profile(debug int) string {
	var b strings.Builder
	if err := pprof.Lookup("goroutine").WriteTo(&b, debug); err != nil {
		return err.Error()
	}
	return b.String()
}

func main() {
	c, done := make(chan bool), make(chan bool)
	for range 3 {
		go waitsInHere(c)
	}
	go runsInHere(done)
	p := pprof.Lookup("goroutine")
	fmt.Println(p.Name(), p.Count(), pprof.Lookup("nothing") == nil) // expect: goroutine 5 true
	for strings.Count(profile(2), "[chan receive") < 3 {
		runtime.Gosched()
	}
	text := profile(2)
	fmt.Println(strings.Contains(text, "goroutine 1 [running]:\n"))               // expect: true
	fmt.Println(strings.Count(text, "main.waitsInHere("))                         // expect: 3
	fmt.Println(strings.Contains(profile(1), "goroutine profile: total 5\n3 @ ")) // expect: true
	good := 0
	for i := range 50 {
		if i%10 == 0 {
			runtime.GC()
		}
		if strings.Count(profile(2), "goroutine ") >= 5 {
			good++
		}
	}
	fmt.Println(good) // expect: 50
	stop.Store(true)
	fmt.Println(<-done) // expect: true
	close(c)
}
