// The program ends with main, whatever other goroutines do.
package main

import (
	"fmt"
	"time"
)

func main() {
	c := make(chan int)
	go func() {
		c <- 1
		for {
			time.Sleep(time.Hour)
		}
	}()
	go func() { select {} }()
	fmt.Println(<-c) // expect: 1
}
