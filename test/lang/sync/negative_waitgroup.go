// Done more often than Add.
package main

import "sync"

func main() {
	var wg sync.WaitGroup
	wg.Add(1)
	wg.Done()
	wg.Done() // panic: sync: negative WaitGroup counter
}
