// tern-only
// A thread of C goes on, but it has no callback any more that it could call.
package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var create func(t *uintptr, attr, start, arg uintptr) int32
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	pause, _ := purego.Dlsym(purego.RTLD_DEFAULT, "pause")
	done := make(chan bool)
	callback := purego.NewCallback(func(unsafe.Pointer) { close(done) })
	var t uintptr
	fmt.Println(create(&t, 0, pause, 0), create(&t, 0, callback, 0)) // expect: 0 0
	<-done
	purego.ReleaseCallback(callback)
	<-make(chan int) // fatal: all goroutines are asleep - deadlock!
}
