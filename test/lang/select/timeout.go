// time.After in a select; the earlier event wins.
package main

import (
	"fmt"
	"time"
)

func main() {
	slow := make(chan int)
	select {
	case <-slow:
		fmt.Println("wrong")
	case <-time.After(10 * time.Millisecond):
		fmt.Println("timeout")
	}
	// expect: timeout
	go func() { slow <- 1 }()
	select {
	case v := <-slow:
		fmt.Println("value", v)
	case <-time.After(10 * time.Second):
		fmt.Println("wrong")
	}
	// expect: value 1
}
