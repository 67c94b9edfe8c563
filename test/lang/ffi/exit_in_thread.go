// tern-only
// exit: 7
package main

import (
	"os"
	"unsafe"

	"github.com/ebitengine/purego"
)

var create func(t *uintptr, attr, start, arg uintptr) int32
var join func(t uintptr, result *uintptr) int32

func main() {
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	purego.RegisterLibFunc(&join, purego.RTLD_DEFAULT, "pthread_join")
	var t uintptr
	create(&t, 0, purego.NewCallback(start), 0)
	join(t, nil)
}

func start(unsafe.Pointer) unsafe.Pointer {
	os.Exit(7)
	return nil
}
