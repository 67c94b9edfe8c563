// The twin of ../ffi_callback.go for Go, with cgo.
package main

/*
#include <stdlib.h>
#include <time.h>
extern int goCompare(void *a, void *b);
static int compare(const void *a, const void *b) { return goCompare((void *)a, (void *)b); }
static void sort(void *base, size_t n, size_t size) { qsort(base, n, size, compare); }
*/
import "C"

import (
	"fmt"
	"os"
	"unsafe"
)

var calls int

//export goCompare
func goCompare(a, b unsafe.Pointer) C.int {
	calls++
	return C.int(*(*int32)(a) - *(*int32)(b))
}

func main() {
	a := make([]int32, 5000)
	best := 1e9
	for run := 0; run < 50; run++ {
		for i := range a {
			a[i] = int32(i * 7919 % len(a))
		}
		calls = 0
		start := C.clock()
		C.sort(unsafe.Pointer(&a[0]), C.size_t(len(a)), 4)
		if v := float64(C.clock()-start) * 1000 / float64(calls); v < best {
			best = v
		}
	}
	fmt.Println(a[0], a[len(a)-1], calls)
	fmt.Fprintf(os.Stderr, "%.1f ns a call\n", best)
	fmt.Fprintf(os.Stderr, "%.1f million callbacks a second\n", 1000/best)
}
