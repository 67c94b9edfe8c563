// What a call of a C function costs that does nothing: processor time, the best of many short runs. cgo/ffi_call.go is
// the same for Go, with cgo.
package main

import (
	"fmt"
	"os"

	"github.com/ebitengine/purego"
)

func main() {
	var abs func(int32) int32
	var clock func() int64
	purego.RegisterLibFunc(&abs, purego.RTLD_DEFAULT, "abs")
	purego.RegisterLibFunc(&clock, purego.RTLD_DEFAULT, "clock")
	const n = 100000
	best, sum := 1e9, int32(0)
	for run := 0; run < 100; run++ {
		start := clock()
		for i := int32(0); i < n; i++ {
			sum += abs(-i) & 7
		}
		if v := float64(clock()-start) * 1000 / n; v < best {
			best = v
		}
	}
	fmt.Println(sum)
	fmt.Fprintf(os.Stderr, "%.1f ns a call\n", best)
}
