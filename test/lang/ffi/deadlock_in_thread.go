// tern-only
// except thread the sanitizer has a thread of its own, which might call
// stderr: goroutine 1 [chan receive]:
// stderr: main.wait(...)
// A thread of C waits in its callback for a goroutine that waits for it.
package main

import (
	"unsafe"

	"github.com/ebitengine/purego"
)

var there, back = make(chan int), make(chan int)

//go:noinline
func wait(unsafe.Pointer) unsafe.Pointer {
	there <- 1
	<-there
	return nil
}

func main() {
	var create func(t *uintptr, attr, start, arg uintptr) int32
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	var t uintptr
	create(&t, 0, purego.NewCallback(wait), 0)
	<-there
	<-back // fatal: all goroutines are asleep - deadlock!
}
