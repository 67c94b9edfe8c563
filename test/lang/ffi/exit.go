// exit: 3
package main

import (
	"fmt"

	"github.com/ebitengine/purego"
)

// exit in C runs what was registered with atexit, Go functions too, and writes what
// stdio still holds.
func main() {
	var atexit func(func()) int32
	var exit func(int32)
	var printf func(string, ...any) int32
	purego.RegisterLibFunc(&printf, purego.RTLD_DEFAULT, "printf")
	purego.RegisterLibFunc(&exit, purego.RTLD_DEFAULT, "exit")
	lib, _ := purego.Dlopen("libc.so.6", purego.RTLD_NOW)
	register, err := purego.Dlsym(lib, "__cxa_atexit")
	if err != nil {
		panic(err)
	}
	_ = atexit
	done := purego.NewCallback(func(uintptr) { fmt.Println("at exit") })
	purego.SyscallN(register, done, 0, 0)
	printf("%s\n", "from stdio")
	go func() {
		for {
		}
	}()
	exit(3)
	// expect: at exit
	// expect: from stdio
}
