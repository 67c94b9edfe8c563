// tern-only
// stderr: goroutine 1 [syscall]:
// stderr: main.outer(...)
// stderr: main.main()
package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

var strlen func(unsafe.Pointer) int

//go:noinline
func outer() int {
	return strlen(nil) + 1
}

func main() {
	defer func() { fmt.Println("never: C's faults are no panics", recover()) }()
	purego.RegisterLibFunc(&strlen, purego.RTLD_DEFAULT, "strlen")
	fmt.Println(outer()) // fatal: SIGSEGV: segmentation violation in C code, called as strlen
}
