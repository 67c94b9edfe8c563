// What a call of a Go function by C costs: qsort with a comparator in Go; processor time of the sort for each
// comparison, the best of many. cgo/ffi_callback.go is the same for Go, with cgo.
package main

import (
	"fmt"
	"os"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var qsort func(base []int32, n, size uintptr, compare func(a, b unsafe.Pointer) int32)
	var clock func() int64
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	purego.RegisterLibFunc(&clock, purego.RTLD_DEFAULT, "clock")
	a := make([]int32, 5000)
	best, calls := 1e9, 0
	compare := func(a, b unsafe.Pointer) int32 {
		calls++
		return *(*int32)(a) - *(*int32)(b)
	}
	for run := 0; run < 50; run++ {
		for i := range a {
			a[i] = int32(i * 7919 % len(a))
		}
		calls = 0
		start := clock()
		qsort(a, uintptr(len(a)), 4, compare)
		if v := float64(clock()-start) * 1000 / float64(calls); v < best {
			best = v
		}
	}
	fmt.Println(a[0], a[len(a)-1], calls)
	fmt.Fprintf(os.Stderr, "%.1f ns a call\n", best)
	fmt.Fprintf(os.Stderr, "%.1f million callbacks a second\n", 1000/best)
}
