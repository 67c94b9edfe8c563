// tern-only
package main

import "github.com/ebitengine/purego"

func main() {
	var create func(t *uintptr, attr, start, arg uintptr) int32
	var join func(t uintptr, result *uintptr) int32
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "pthread_create")
	purego.RegisterLibFunc(&join, purego.RTLD_DEFAULT, "pthread_join")
	strlen, _ := purego.Dlsym(purego.RTLD_DEFAULT, "strlen")
	var t uintptr
	create(&t, 0, strlen, 0) // fatal: SIGSEGV: segmentation violation in C code, in a thread of its own
	join(t, nil)
}
