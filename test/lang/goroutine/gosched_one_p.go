// With one processor, Gosched lets the others run.
// except address a slice may end inside append, and that the goroutines append unguarded is the point
// except thread the same
// except gcstress a collection may preempt, and the order is what it prints
package main

import (
	"fmt"
	"runtime"
)

func main() {
	runtime.GOMAXPROCS(1)
	var order []string
	done := make(chan bool, 2)
	for _, name := range []string{"a", "b"} {
		go func() {
			for i := range 3 {
				order = append(order, fmt.Sprint(name, i))
				runtime.Gosched()
			}
			done <- true
		}()
	}
	<-done
	<-done
	a, b := 0, 0
	for _, s := range order {
		if s[0] == 'a' {
			fmt.Print()
			a++
		} else {
			b++
		}
	}
	fmt.Println(a, b, runtime.GOMAXPROCS(0), runtime.NumGoroutine()) // expect: 3 3 1 1
}
