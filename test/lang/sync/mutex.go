// Mutex, RWMutex, TryLock.
package main

import (
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
)

type counter struct {
	sync.Mutex
	n map[string]int
}

func (c *counter) add(k string) {
	c.Lock()
	defer c.Unlock()
	c.n[k]++
}

func main() {
	c := counter{n: map[string]int{}}
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 500 {
				c.add(fmt.Sprint("k", i%3))
			}
		}()
	}
	wg.Wait()
	fmt.Println(c.n) // expect: map[k0:1500 k1:1500 k2:1000]
	var mu sync.Mutex
	fmt.Println(mu.TryLock(), mu.TryLock()) // expect: true false
	mu.Unlock()
	var rw sync.RWMutex
	rw.RLock()
	fmt.Println(rw.TryRLock(), rw.TryLock()) // expect: true false
	rw.RUnlock()
	rw.RUnlock()
	shared, bad := 0, int32(0)
	for i := range 6 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 300 {
				if i%3 == 0 {
					rw.Lock()
					shared++
					runtime.Gosched()
					shared++
					rw.Unlock()
				} else {
					rw.RLock()
					if shared%2 != 0 {
						atomic.AddInt32(&bad, 1)
					}
					rw.RUnlock()
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println(shared, bad) // expect: 1200 0
}
