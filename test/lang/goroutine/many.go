// A hundred thousand goroutines that all wait for one channel.
package main

import (
	"fmt"
	"runtime"
)

func main() {
	const n = 100000
	start := make(chan bool)
	out := make(chan int, 100)
	for i := range n {
		go func() {
			<-start
			out <- i
		}()
	}
	fmt.Println(runtime.NumGoroutine() == n+1) // expect: true
	close(start)
	sum := 0
	for range n {
		sum += <-out
	}
	fmt.Println(sum) // expect: 4999950000
}
