// except gcstress too slow
package main

import (
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/ebitengine/purego"
)

var create func(t *uintptr, attr uintptr, start uintptr, arg uintptr) int32
var join func(t uintptr, result *uintptr) int32

type node struct {
	next *node
	v    int
}

var mu sync.Mutex
var total int

// Runs on a thread that the runtime did not make.
func body(arg uintptr) uintptr {
	var list *node
	for i := 0; i < 1000; i++ {
		list = &node{list, i}
		if i%100 == 0 {
			runtime.Gosched()
		}
	}
	ch := make(chan int)
	go func() { ch <- 1 }()
	n := <-ch - 1
	for ; list != nil; list = list.next {
		n += list.v
	}
	mu.Lock()
	total += n
	mu.Unlock()
	return arg + 1
}

func main() {
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	purego.RegisterLibFunc(&join, purego.RTLD_DEFAULT, "pthread_join")
	start := purego.NewCallback(body)
	ok := true
	for round := 0; round < 10; round++ {
		var threads [10]uintptr
		for i := range threads {
			ok = ok && create(&threads[i], 0, start, uintptr(i)) == 0
		}
		if round == 5 {
			runtime.GC()
		}
		for i := range threads {
			var result uintptr
			ok = ok && join(threads[i], &result) == 0 && result == uintptr(i)+1
		}
	}
	fmt.Println(ok, total)              // expect: true 49950000
	fmt.Println(runtime.NumGoroutine()) // expect: 1

	// One that waits for a goroutine which waits for it; no deadlock is seen where
	// only C's thread can go on.
	ch := make(chan string)
	say := purego.NewCallback(func(uintptr) uintptr {
		time.Sleep(2 * time.Millisecond)
		ch <- "from a thread of C"
		return 0
	})
	var t uintptr
	create(&t, 0, say, 0)
	fmt.Println(<-ch) // expect: from a thread of C
	join(t, nil)
}
