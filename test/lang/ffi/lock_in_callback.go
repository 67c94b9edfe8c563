// tern-only
// runtime.LockOSThread in callbacks: what the program locks stays locked, what the runtime does for the time of the
// callback cannot be undone by it, and a thread of C is free again when it goes back.
package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

var create func(t *uintptr, attr, start, arg uintptr) int32
var join func(t uintptr, result *uintptr) int32
var qsort func([]int32, uintptr, uintptr, func(a, b unsafe.Pointer) int32)
var gettid func() int32

// Whether the goroutine stays on its thread although others run.
func stays() bool {
	tid := gettid()
	done := make(chan bool)
	for i := 0; i < 50; i++ {
		for j := 0; j < 4; j++ {
			go func() { done <- true }()
		}
		for j := 0; j < 4; j++ {
			<-done
		}
		runtime.Gosched()
		if gettid() != tid {
			return false
		}
	}
	return true
}

func inCallback(f func()) {
	qsort([]int32{2, 1}, 2, 4, func(a, b unsafe.Pointer) int32 {
		f()
		return 0
	})
}

func inThread(f func()) {
	callback := purego.NewCallback(func(unsafe.Pointer) unsafe.Pointer {
		f()
		return nil
	})
	var t uintptr
	create(&t, 0, callback, 0)
	join(t, nil)
	purego.ReleaseCallback(callback)
}

func main() {
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	purego.RegisterLibFunc(&join, purego.RTLD_DEFAULT, "pthread_join")
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	purego.RegisterLibFunc(&gettid, purego.RTLD_DEFAULT, "gettid")
	ok := true
	inCallback(func() { runtime.UnlockOSThread(); ok = ok && stays() })
	inThread(func() { runtime.UnlockOSThread(); ok = ok && stays() })
	fmt.Println(ok) // expect: true
	// Locked in the callback, held afterwards.
	tid := int32(0)
	inCallback(func() {
		runtime.LockOSThread()
		tid = gettid()
		ok = ok && stays()
	})
	fmt.Println(ok, stays(), gettid() == tid) // expect: true true true
	inCallback(func() { runtime.UnlockOSThread() })
	for i := 0; i < 2; i++ {
		runtime.UnlockOSThread() // once more than need be
	}
	// A thread of C that leaves it locked; the next ones take its M.
	for i := 0; i < 10; i++ {
		inThread(func() { runtime.LockOSThread(); ok = ok && stays() })
	}
	fmt.Println(ok) // expect: true
	// A goroutine that locked in a callback and ends: its thread ends with it.
	done := make(chan bool)
	for i := 0; i < 5; i++ {
		go func() {
			defer func() { done <- true }()
			inCallback(runtime.LockOSThread)
		}()
		<-done
	}
	for runtime.NumGoroutine() > 1 {
		runtime.Gosched()
	}
	fmt.Println("all ended") // expect: all ended
}
