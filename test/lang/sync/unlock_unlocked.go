// Unlocking an unlocked mutex is fatal and cannot be recovered.
// fatal: sync: unlock of unlocked mutex
package main

import "sync"

func main() {
	defer func() { recover() }()
	var mu sync.Mutex
	mu.Unlock()
}
