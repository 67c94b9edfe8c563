// tern-only
package main

import (
	"unsafe"

	"github.com/ebitengine/purego"
)

var create func(t *uintptr, attr, start, arg uintptr) int32
var join func(t uintptr, result *uintptr) int32

func main() {
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	purego.RegisterLibFunc(&join, purego.RTLD_DEFAULT, "pthread_join")
	var t uintptr
	callback := purego.NewCallback(start)
	purego.ReleaseCallback(callback)
	create(&t, 0, callback, 0) // fatal: C called a callback that was released: main.start, func(unsafe.Pointer) unsafe.Pointer
	join(t, nil)
}

func start(unsafe.Pointer) unsafe.Pointer { return nil }
