// runtime functions a program may call.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

func main() {
	fmt.Println(runtime.NumCPU() > 0, runtime.GOMAXPROCS(0) > 0, runtime.NumGoroutine(), runtime.GOOS, runtime.GOARCH) // expect: true true 1 linux amd64
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	x := make([][]byte, 0)
	for range 100 {
		x = append(x, make([]byte, 10000))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	fmt.Println(after.NumGC > before.NumGC, after.TotalAlloc-before.TotalAlloc >= 1000000, after.Mallocs-before.Mallocs >= 100, after.HeapAlloc >= 1000000, len(x)) // expect: true true true true 100
	old := debug.SetGCPercent(50)
	fmt.Println(debug.SetGCPercent(old)) // expect: 50
	_, file, line, ok := runtime.Caller(0)
	fmt.Println(strings.HasSuffix(file, ".go"), line > 0, ok) // expect: true true true
	runtime.KeepAlive(x)
}
