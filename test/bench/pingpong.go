// Ping-pong: two goroutines hand a number to each other over unbuffered
// channels: the price of blocking, waking and switching.
//
// Usage: pingpong [ROUNDS]
package main

import (
	"fmt"
	"os"
	"strconv"
)

func main() {
	n := 4000000
	if len(os.Args) > 1 {
		n, _ = strconv.Atoi(os.Args[1])
	}
	ping, pong := make(chan int), make(chan int)
	go func() {
		for v := range ping {
			pong <- v + 1
		}
		close(pong)
	}()
	v := 0
	for range n {
		ping <- v
		v = <-pong
	}
	close(ping)
	fmt.Println(v)
}
