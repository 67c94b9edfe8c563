// Senders and receivers meet in selects of both directions; every value arrives once.
package main

import (
	"fmt"
	"sync"
)

func main() {
	chans := make([]chan int, 4)
	for i := range chans {
		chans[i] = make(chan int)
	}
	quit := make(chan bool)
	sums := make(chan int)
	for range 3 {
		go func() {
			sum := 0
			for {
				select {
				case v := <-chans[0]:
					sum += v
				case v := <-chans[1]:
					sum += v
				case v := <-chans[2]:
					sum += v
				case v := <-chans[3]:
					sum += v
				case <-quit:
					sums <- sum
					return
				}
			}
		}()
	}
	var wg sync.WaitGroup
	for s := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 2000 {
				select {
				case chans[s] <- i:
				case chans[(s+1)%4] <- i:
				}
			}
		}()
	}
	wg.Wait()
	close(quit)
	fmt.Println(<-sums + <-sums + <-sums) // expect: 7996000
}
