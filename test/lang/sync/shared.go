// Everything of package sync, shared by many goroutines; and many timers.
package main

import (
	"bytes"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	// Many goroutines on shared things.
	var wg sync.WaitGroup
	var mu sync.Mutex
	var rw sync.RWMutex
	cond := sync.NewCond(&mu)
	m := map[int]int{}
	var sm sync.Map
	var v atomic.Value
	var pool = sync.Pool{New: func() any { return new(bytes.Buffer) }}
	turn := 0
	for g := 0; g < 16; g++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := 0; i < 500; i++ {
				rw.Lock()
				m[i] += g
				rw.Unlock()
				rw.RLock()
				_ = m[i]
				rw.RUnlock()
				sm.LoadOrStore(i, fmt.Sprint("v", i))
				v.Store(strings.Repeat("x", i%50))
				b := pool.Get().(*bytes.Buffer)
				b.Reset()
				fmt.Fprintf(b, "%d-%d", g, i)
				pool.Put(b)
			}
			mu.Lock()
			for turn != g {
				cond.Wait()
			}
			turn++
			cond.Broadcast()
			mu.Unlock()
		}()
	}
	wg.Wait()
	total := 0
	for i := 0; i < 500; i++ {
		total += m[i]
		s, ok := sm.Load(i)
		if !ok || s.(string) != fmt.Sprint("v", i) {
			fmt.Println("bad", i, s)
		}
	}
	fmt.Println("shared", total, turn, len(v.Load().(string))) // expect: shared 60000 16 49

	// Timers in number.
	var fired atomic.Int32
	var twg sync.WaitGroup
	for i := 0; i < 300; i++ {
		twg.Add(1)
		time.AfterFunc(time.Duration(i*17%5000)*time.Microsecond, func() { fired.Add(1); twg.Done() })
	}
	twg.Wait()
	tm := time.NewTimer(time.Hour)
	fmt.Println("timers", fired.Load(), tm.Stop(), tm.Stop(), tm.Reset(time.Millisecond)) // expect: timers 300 true false false
	<-tm.C
	select {
	case <-time.After(2 * time.Millisecond):
		fmt.Println("after") // expect: after
	}
}
