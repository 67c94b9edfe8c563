// Several goroutines wait for each other.
// fatal: all goroutines are asleep - deadlock!
package main

import "sync"

func main() {
	a, b := make(chan int), make(chan int)
	var wg sync.WaitGroup
	wg.Add(2)
	go func() { defer wg.Done(); <-a; b <- 1 }()
	go func() { defer wg.Done(); <-b; a <- 1 }()
	wg.Wait()
}
