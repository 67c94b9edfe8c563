// A buffered channel as a counting semaphore.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

func main() {
	sem := make(chan struct{}, 3)
	var inside, most int32
	var wg sync.WaitGroup
	for range 50 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- struct{}{}
			n := atomic.AddInt32(&inside, 1)
			for {
				m := atomic.LoadInt32(&most)
				if n <= m || atomic.CompareAndSwapInt32(&most, m, n) {
					break
				}
			}
			runtime.Gosched()
			atomic.AddInt32(&inside, -1)
			<-sem
		}()
	}
	wg.Wait()
	fmt.Println(most >= 1 && most <= 3, inside) // expect: true 0
}
