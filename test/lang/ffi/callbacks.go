package main

import (
	"fmt"
	"runtime"
	"time"
	"unsafe"

	"github.com/ebitengine/purego"
)

var qsort func(base unsafe.Pointer, n, size uintptr, less func(a, b unsafe.Pointer) int32)
var bsearch func(key, base unsafe.Pointer, n, size uintptr, less uintptr) unsafe.Pointer

func compare(a, b unsafe.Pointer) int32 { return *(*int32)(a) - *(*int32)(b) }

func sorted(n int, less func(a, b unsafe.Pointer) int32) bool {
	a := make([]int32, n)
	for i := range a {
		a[i] = int32(i * 7919 % n)
	}
	qsort(unsafe.Pointer(&a[0]), uintptr(n), 4, less)
	for i := range a {
		if a[i] != int32(i) {
			return false
		}
	}
	return true
}

var sink []*int

func grow(n int) int {
	var pad [100]int
	if n == 0 {
		return pad[0]
	}
	return grow(n-1) + pad[n%100] + 1
}

func main() {
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	purego.RegisterLibFunc(&bsearch, purego.RTLD_DEFAULT, "bsearch")
	fmt.Println(sorted(1000, compare)) // expect: true

	// Stacks that grow, collections, allocation.
	n := 0
	fmt.Println(sorted(50, func(a, b unsafe.Pointer) int32 {
		n++
		if n%10 == 0 {
			runtime.GC()
			grow(1000)
		}
		sink = append(sink, new(int))
		return compare(a, b)
	})) // expect: true

	// Other goroutines run, and the callback waits for them.
	ch, back := make(chan int), make(chan int)
	go func() {
		for v := range ch {
			back <- v + 1
		}
	}()
	ok := true
	fmt.Println(sorted(100, func(a, b unsafe.Pointer) int32 {
		ch <- 41
		ok = ok && <-back == 42
		if *(*int32)(a) == 50 {
			time.Sleep(time.Microsecond)
		}
		runtime.Gosched()
		return compare(a, b)
	}), ok) // expect: true true

	// Nested: each comparison sorts.
	depth, deepest := 0, 0
	var nested func(a, b unsafe.Pointer) int32
	nested = func(a, b unsafe.Pointer) int32 {
		if depth < 3 {
			depth++
			if depth > deepest {
				deepest = depth
			}
			if !sorted(4, nested) {
				panic("not sorted")
			}
			depth--
		}
		return compare(a, b)
	}
	fmt.Println(sorted(4, nested), deepest) // expect: true 3

	// A panic that the callback recovers; defers of its own.
	recovered := 0
	fmt.Println(sorted(20, func(a, b unsafe.Pointer) (r int32) {
		defer func() {
			if recover() != nil {
				recovered++
				r = compare(a, b)
			}
		}()
		panic("in a callback")
	}), recovered > 20) // expect: true true

	// By address.
	cb := purego.NewCallback(compare)
	a := []int32{1, 3, 5, 7, 9}
	key := int32(7)
	p := bsearch(unsafe.Pointer(&key), unsafe.Pointer(&a[0]), 5, 4, cb)
	fmt.Println(*(*int32)(p), (uintptr(p)-uintptr(unsafe.Pointer(&a[0])))/4) // expect: 7 3

	// As many goroutines at once as like.
	done := make(chan bool)
	for i := 0; i < 8; i++ {
		go func() {
			done <- sorted(200, func(a, b unsafe.Pointer) int32 {
				runtime.Gosched()
				return compare(a, b)
			})
		}()
	}
	all := true
	for i := 0; i < 8; i++ {
		all = <-done && all
	}
	fmt.Println(all) // expect: true
}
