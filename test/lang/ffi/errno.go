// tern-only
package main

import (
	"fmt"
	"runtime"
	"syscall"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var open func(path string, flags int32, rest ...any) int32
	purego.RegisterLibFunc(&open, purego.RTLD_DEFAULT, "open")
	purego.SetErrno(0)
	fmt.Println(open("/nowhere/at/all", 0), purego.Errno()) // expect: -1 no such file or directory
	runtime.Gosched()
	runtime.GC()
	fmt.Println(purego.Errno() == syscall.ENOENT) // expect: true

	// C finds it where it left it, on whatever thread.
	var location func() *int32
	purego.RegisterLibFunc(&location, purego.RTLD_DEFAULT, "__errno_location")
	_, _, err := purego.SyscallN(address("close"), ^uintptr(0))
	fmt.Println(syscall.Errno(err)) // expect: bad file descriptor
	var strtol func(s string, end uintptr, base int32) int64
	purego.RegisterLibFunc(&strtol, purego.RTLD_DEFAULT, "strtol")
	purego.SetErrno(0)
	fmt.Println(strtol("99999999999999999999", 0, 10), purego.Errno()) // expect: 9223372036854775807 numerical result out of range

	// A callback does not disturb what C has in errno, nor its rounding; and has
	// the rounding of Go itself.
	var qsort func([]int32, uintptr, uintptr, func(a, b unsafe.Pointer) int32)
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	purego.SetErrno(syscall.EDOM)
	qsort([]int32{3, 1, 2}, 3, 4, func(a, b unsafe.Pointer) int32 {
		open("/nowhere/at/all", 0)
		runtime.Gosched()
		return 0
	})
	fmt.Println(purego.Errno()) // expect: numerical argument out of domain
	var fesetround, fegetround func(int32) int32
	libm, _ := purego.Dlopen("libm.so.6", purego.RTLD_NOW)
	purego.RegisterLibFunc(&fesetround, libm, "fesetround")
	third := x / y
	fesetround(0x800)         // upwards
	fmt.Println(x/y == third) // expect: true
	_ = fegetround
}

// Not local: a compiler would take the first quotient for the second.
var x, y = 1.0, 3.0

func address(name string) uintptr {
	p, err := purego.Dlsym(purego.RTLD_DEFAULT, name)
	if err != nil {
		panic(err)
	}
	return p
}
