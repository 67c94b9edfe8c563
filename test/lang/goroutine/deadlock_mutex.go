// A mutex locked twice.
// fatal: all goroutines are asleep - deadlock!
package main

import "sync"

func main() {
	var mu sync.Mutex
	mu.Lock()
	mu.Lock()
}
