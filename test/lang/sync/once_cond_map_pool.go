// Once, OnceFunc, OnceValue-free forms, Cond, Map, Pool.
package main

import (
	"bytes"
	"fmt"
	"sync"
)

func main() {
	var once sync.Once
	for i := range 3 {
		once.Do(func() { fmt.Println("once", i) })
	}
	// expect: once 0
	f := sync.OnceFunc(func() { fmt.Println("OnceFunc") })
	f() // expect: OnceFunc
	f()
	var mu sync.Mutex
	cond := sync.NewCond(&mu)
	ready, woken := false, 0
	var wg sync.WaitGroup
	for range 5 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			for !ready {
				cond.Wait()
			}
			woken++
			mu.Unlock()
		}()
	}
	mu.Lock()
	ready = true
	mu.Unlock()
	cond.Broadcast()
	wg.Wait()
	fmt.Println(woken) // expect: 5
	var m sync.Map
	m.Store("a", 1)
	v, ok := m.Load("a")
	fmt.Println(v, ok) // expect: 1 true
	v, loaded := m.LoadOrStore("a", 2)
	fmt.Println(v, loaded) // expect: 1 true
	m.Delete("a")
	_, ok = m.Load("a")
	fmt.Println(ok) // expect: false
	m.Store(1, "x")
	m.Range(func(k, v any) bool { fmt.Println(k, v); return true }) // expect: 1 x
	p := sync.Pool{New: func() any { return new(bytes.Buffer) }}
	b := p.Get().(*bytes.Buffer)
	b.WriteString("pooled")
	fmt.Println(b.Len()) // expect: 6
	p.Put(b)
}
