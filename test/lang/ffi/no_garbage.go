// tern-only
// except gcstress collections allocate
// except gccheckmark the same
// A call costs no allocation, whatever its arguments are; nor does a callback.
package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

func less(a, b unsafe.Pointer) int32 { return *(*int32)(a) - *(*int32)(b) }

type pair struct {
	quot, rem int32
}

func mallocs(f func()) uint64 {
	f()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := 0; i < 1000; i++ {
		f()
	}
	runtime.ReadMemStats(&after)
	return (after.Mallocs - before.Mallocs) / 1000
}

func main() {
	var abs func(int32) int32
	var strlen func(string) int
	var div func(a, b int32) pair
	var qsort func([]int32, uintptr, uintptr, func(a, b unsafe.Pointer) int32)
	var memcmp func(a, b []byte, n uintptr) int32
	purego.RegisterLibFunc(&abs, purego.RTLD_DEFAULT, "abs")
	purego.RegisterLibFunc(&strlen, purego.RTLD_DEFAULT, "strlen")
	purego.RegisterLibFunc(&div, purego.RTLD_DEFAULT, "div")
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	purego.RegisterLibFunc(&memcmp, purego.RTLD_DEFAULT, "memcmp")
	fmt.Println(mallocs(func() { abs(-1) }))         // expect: 0
	fmt.Println(mallocs(func() { strlen("hello") })) // expect: 0
	fmt.Println(mallocs(func() { div(7, 3) }))       // expect: 0
	b := make([]byte, 10)
	fmt.Println(mallocs(func() { memcmp(b, b, 10) })) // expect: 0
	a := []int32{3, 1, 2}
	fmt.Println(mallocs(func() { qsort(a, 3, 4, less) })) // expect: 0
}
