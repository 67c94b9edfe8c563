// Functions and non-generic types of sync/atomic.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

func main() {
	var i32 int32
	var u64 uint64
	fmt.Println(atomic.AddInt32(&i32, 5), atomic.LoadInt32(&i32), atomic.SwapInt32(&i32, 7), atomic.CompareAndSwapInt32(&i32, 7, 9), atomic.CompareAndSwapInt32(&i32, 7, 10), i32) // expect: 5 5 5 true false 9
	atomic.StoreUint64(&u64, 10)
	fmt.Println(atomic.AddUint64(&u64, ^uint64(0)), u64) // expect: 9 9
	var a atomic.Int64
	var b atomic.Bool
	var v atomic.Value
	a.Store(3)
	fmt.Println(a.Add(4), a.Load(), a.CompareAndSwap(7, 1), a.Swap(2), b.Load(), b.CompareAndSwap(false, true), b.Load()) // expect: 7 7 true 1 false true true
	fmt.Println(v.Load())                                                                                                 // expect: <nil>
	v.Store("text")
	fmt.Println(v.Load(), v.CompareAndSwap("text", "new"), v.Load()) // expect: text true new
	var u atomic.Uint32
	u.Store(1)
	u.Add(^uint32(0))
	fmt.Println(u.Load()) // expect: 0
	var wg sync.WaitGroup
	for range 10 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for range 1000 {
				a.Add(1)
			}
		}()
	}
	wg.Wait()
	fmt.Println(a.Load()) // expect: 10002
}
