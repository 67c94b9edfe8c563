// tern-only
package main

import (
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var qsort func([]int32, uintptr, uintptr, func(a, b unsafe.Pointer) int32)
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	qsort([]int32{2, 1}, 2, 4, func(a, b unsafe.Pointer) int32 {
		runtime.Goexit()
		return 0
	}) // fatal: runtime.Goexit in a callback cannot pass the frames of C below it (qsort)
}
