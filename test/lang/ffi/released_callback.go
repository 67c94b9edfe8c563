// tern-only
package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

func less(a, b unsafe.Pointer) int32 { return 0 }

func main() {
	// A million callbacks, made and released.
	n := 0
	for i := 0; i < 1000000/scale; i++ {
		cb := purego.NewCallback(func() { n += i })
		purego.ReleaseCallback(cb)
	}
	fmt.Println("done") // expect: done
	var qsort func([]int32, uintptr, uintptr, uintptr)
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	cb := purego.NewCallback(less)
	purego.ReleaseCallback(cb)
	qsort([]int32{2, 1}, 2, 4, cb) // fatal: C called a callback that was released: main.less, func(unsafe.Pointer, unsafe.Pointer) int32
}

const scale = 20
