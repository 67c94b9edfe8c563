// tern-only
// stderr: fatal error: a panic in a callback cannot pass the frames of C below it (qsort)
// stderr: main.less(...)
// stderr: main.main()
package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

func less(a, b unsafe.Pointer) int32 {
	panic("no order") // panic: no order
}

func main() {
	defer fmt.Println("never printed: the frames of C are in between")
	var qsort func([]int32, uintptr, uintptr, func(a, b unsafe.Pointer) int32)
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	qsort([]int32{2, 1}, 2, 4, less)
}
