// Many goroutines add under a mutex and atomically.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	var n int64
	sum := 0
	for i := range 1000 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			sum += i
			mu.Unlock()
			atomic.AddInt64(&n, int64(i))
		}()
	}
	wg.Wait()
	fmt.Println(sum, n) // expect: 499500 499500
}
