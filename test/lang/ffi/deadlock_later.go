// tern-only
// except thread the sanitizer has a thread of its own, which might call
// As long as C has a thread that could call, nothing is a deadlock; once it is gone, it is.
package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var create func(t *uintptr, attr, start, arg uintptr) int32
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	usleep, _ := purego.Dlsym(purego.RTLD_DEFAULT, "usleep")
	live := purego.NewCallback(func(unsafe.Pointer) {})
	var t uintptr
	fmt.Println(create(&t, 0, usleep, 100000), live != 0) // expect: 0 true
	<-make(chan int)                                      // fatal: all goroutines are asleep - deadlock!
}
