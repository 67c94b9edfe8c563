// Sending on a closed channel, also when the sender was already waiting.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	res := make(chan any)
	go func() {
		defer func() { res <- recover() }()
		c <- 1
	}()
	time.Sleep(10 * time.Millisecond)
	close(c)
	fmt.Println(<-res) // expect: send on closed channel
	c <- 2             // panic: send on closed channel
}
