// The twin of ../ffi_call.go for Go, with cgo.
package main

/*
#include <stdlib.h>
#include <time.h>
__attribute__((noinline)) static int c_abs(int x) { return abs(x); }
*/
import "C"

import (
	"fmt"
	"os"
)

func main() {
	const n = 100000
	best, sum := 1e9, int32(0)
	for run := 0; run < 100; run++ {
		start := C.clock()
		for i := int32(0); i < n; i++ {
			sum += int32(C.c_abs(C.int(-i))) & 7
		}
		if v := float64(C.clock()-start) * 1000 / n; v < best {
			best = v
		}
	}
	fmt.Println(sum)
	fmt.Fprintf(os.Stderr, "%.1f ns a call\n", best)
}
