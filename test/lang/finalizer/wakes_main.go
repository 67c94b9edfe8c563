// T-final-dead: main waits for what only a finalizer that is due can send; that is no deadlock (golang/go#41362).
package main

import (
	"fmt"
	"runtime"
)

type box struct{ v *int }

func drop(c chan string) {
	for range 20 {
		b := &box{new(int)}
		runtime.SetFinalizer(b, func(*box) { c <- "woken by a finalizer" })
	}
}

func main() {
	runtime.GOMAXPROCS(1)
	c := make(chan string)
	drop(c)
	runtime.GC()
	fmt.Println(<-c) // expect: woken by a finalizer
}
