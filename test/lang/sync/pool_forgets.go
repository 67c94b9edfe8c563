// A pool keeps what is put back over one collection, and forgets it after two.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
)

func main() {
	debug.SetGCPercent(-1)
	runtime.LockOSThread()
	p := sync.Pool{New: func() any { return 0 }}
	fmt.Println(p.Get()) // expect: 0
	p.Put(7)
	runtime.GC()
	x := p.Get() // Go may have moved to another processor, whose list is empty
	fmt.Println(x == 7 || x == 0) // expect: true
	for i := 1; i <= 10; i++ {
		p.Put(i)
	}
	runtime.GC()
	runtime.GC()
	fmt.Println(p.Get()) // expect: 0
	var none sync.Pool
	none.Put("a")
	none.Put(nil)
	runtime.GC()
	runtime.GC()
	fmt.Println(none.Get()) // expect: <nil>
	// used while collections go on, nothing comes out twice
	debug.SetGCPercent(50)
	var wg sync.WaitGroup
	var twice sync.Map
	shared := sync.Pool{}
	bad := make(chan bool, 4)
	for g := range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range 5000 {
				if v := shared.Get(); v != nil {
					if _, seen := twice.LoadOrStore(v, true); seen {
						bad <- true
						return
					}
				}
				shared.Put(g*10000 + i)
				if i%1000 == 0 {
					runtime.GC()
				}
			}
		}()
	}
	wg.Wait()
	fmt.Println(len(bad)) // expect: 0
}
