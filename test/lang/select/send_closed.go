// A send case on a closed channel panics.
package main

import "fmt"

func main() {
	c := make(chan int)
	close(c)
	select {
	case c <- 1: // panic: send on closed channel
	default:
		fmt.Println("wrong")
	}
}
