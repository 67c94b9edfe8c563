// tern-only
// except address the sanitizer's qsort compares once more
// except thread the same
// stderr: fatal error: a panic in a callback cannot pass the frames of C below it (qsort)
package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var qsort func([]int32, uintptr, uintptr, func(a, b unsafe.Pointer) int32)
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	a := []int32{2, 1}
	var nothing *int32
	text := ""
	qsort(a, 2, 4, func(a, b unsafe.Pointer) (r int32) {
		defer func() {
			text = fmt.Sprint(recover())
			r = *(*int32)(a) - *(*int32)(b)
		}()
		return *nothing
	})
	fmt.Println(text) // expect: runtime error: invalid memory address or nil pointer dereference
	fmt.Println(a)    // expect: [1 2]
	qsort(a, 2, 4, func(a, b unsafe.Pointer) int32 {
		return *nothing // panic: runtime error: invalid memory address or nil pointer dereference
	})
}
