// tern-only
package main

import (
	"fmt"
	"unsafe"

	"github.com/ebitengine/purego"
)

func compare(a, b unsafe.Pointer) int32 { return *(*int32)(a) - *(*int32)(b) }

// Functions passed as arguments have one callback each, until they are released.
func main() {
	var qsort func(base []int32, n, size uintptr, less func(a, b unsafe.Pointer) int32)
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	a := []int32{3, 1, 2}
	for i := 0; i < 3; i++ {
		qsort(a, 3, 4, compare)
		purego.ReleaseFunc(compare)
	}
	fmt.Println(a) // expect: [1 2 3]
	try := func(f func()) {
		defer func() { fmt.Println(recover()) }()
		f()
	}
	try(func() { purego.ReleaseFunc(compare) }) // expect: purego: ReleaseFunc of a function that C does not have
	cb := purego.NewCallback(compare)
	purego.ReleaseCallback(cb)
	defer func() { fmt.Println(recover() != nil) }() // expect: true
	purego.ReleaseCallback(cb)
}
