// tern-only
// except address its frames are larger
// except thread the same
// A thread of C may have the smallest stack that there is: Go code has its own, and the runtime needs little of it.
package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

type node struct {
	next *node
	v    [10]int
}

func deep(n int) int {
	var room [100]int
	if n == 0 {
		return room[0]
	}
	return deep(n-1) + room[n%100] + 1
}

func start(unsafe.Pointer) unsafe.Pointer {
	var list *node
	for i := 0; i < 20000; i++ {
		list = &node{list, [10]int{i}}
	}
	runtime.GC()
	ch := make(chan int)
	go func() { ch <- deep(1000) }()
	if <-ch+deep(1000) != 2000 || list.v[0] != 19999 {
		panic("wrong")
	}
	return nil
}

func main() {
	var create func(t *uintptr, attr *[16]uint64, start, arg uintptr) int32
	var join func(t uintptr, result *uintptr) int32
	var initAttr func(*[16]uint64) int32
	var setStack func(*[16]uint64, uintptr) int32
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	purego.RegisterLibFunc(&join, purego.RTLD_DEFAULT, "pthread_join")
	purego.RegisterLibFunc(&initAttr, purego.RTLD_DEFAULT, "pthread_attr_init")
	purego.RegisterLibFunc(&setStack, purego.RTLD_DEFAULT, "pthread_attr_setstacksize")
	var attr [16]uint64
	const least = 16384
	fmt.Println(initAttr(&attr), setStack(&attr, least)) // expect: 0 0
	callback := purego.NewCallback(start)
	for i := 0; i < 10; i++ {
		var t uintptr
		if create(&t, &attr, callback, 0) != 0 || join(t, nil) != 0 {
			fmt.Println("no thread")
		}
	}
	fmt.Println("done") // expect: done
}
