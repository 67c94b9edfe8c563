// tern-only
// except thread the sanitizer has a thread of its own, which might call
// Callbacks alone are no reason to wait: nobody is there who could call them.
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
	qsort(a, 2, 4, func(a, b unsafe.Pointer) int32 { return *(*int32)(a) - *(*int32)(b) })
	fmt.Println(a)   // expect: [1 2]
	<-make(chan int) // fatal: all goroutines are asleep - deadlock!
}
