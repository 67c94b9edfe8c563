// tern-only
package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

// A call of C, however made, allocates nothing.
func main() {
	var abs func(int32) int32
	var pow func(a, b float64) float64
	var strlen func(string) uintptr
	var memset func(p unsafe.Pointer, c int32, n uintptr) unsafe.Pointer
	var qsort func(a []int32, n, size uintptr, less func(a, b *int32) int32)
	libm, _ := purego.Dlopen("libm.so.6", purego.RTLD_NOW)
	purego.RegisterLibFunc(&abs, purego.RTLD_DEFAULT, "abs")
	purego.RegisterLibFunc(&pow, libm, "pow")
	purego.RegisterLibFunc(&strlen, purego.RTLD_DEFAULT, "strlen")
	purego.RegisterLibFunc(&memset, purego.RTLD_DEFAULT, "memset")
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	fill, _ := purego.Dlsym(purego.RTLD_DEFAULT, "memset")
	p := new([16]byte)
	array := []int32{2, 1}
	less := func(a, b *int32) int32 { return *a - *b }
	all := func() {
		abs(-1)
		pow(2, 3)
		strlen("copied")
		memset(unsafe.Pointer(p), 0, 16)
		qsort(array, 2, 4, less)
		purego.SyscallN(fill, uintptr(unsafe.Pointer(p)), 0, 16)
	}
	all() // what is made once
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := 0; i < 1000; i++ {
		all()
	}
	runtime.ReadMemStats(&after)
	fmt.Println(after.Mallocs - before.Mallocs) // expect: 0
}
