// Package runtime and runtime/debug: what they tell, and that the knobs turn.
package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

func inner() {
	pc, file, line, ok := runtime.Caller(1)
	fmt.Println(runtime.FuncForPC(pc).Name(), file[strings.LastIndex(file, "/")+1:], line, ok)
}

func main() {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	keep := make([][]byte, 100)
	for i := range keep {
		keep[i] = make([]byte, 10000)
	}
	runtime.ReadMemStats(&after)
	fmt.Println(after.TotalAlloc-before.TotalAlloc >= 1000000, after.Mallocs-before.Mallocs >= 100) // expect: true true
	fmt.Println(after.HeapAlloc <= after.HeapInuse, after.HeapSys <= after.Sys)                     // expect: true true
	runtime.KeepAlive(keep)
	runtime.GC()
	runtime.ReadMemStats(&before)
	fmt.Println(before.NumGC > after.NumGC, before.NumForcedGC > 0) // expect: true true

	debug.SetGCPercent(100)
	fmt.Println(debug.SetGCPercent(50), debug.SetGCPercent(-1), debug.SetGCPercent(100)) // expect: 100 50 -1
	old := debug.SetMemoryLimit(1 << 40)
	fmt.Println(debug.SetMemoryLimit(-1) == 1<<40, debug.SetMemoryLimit(old) == 1<<40) // expect: true true
	old2 := runtime.GOMAXPROCS(3)
	fmt.Println(runtime.GOMAXPROCS(0), runtime.GOMAXPROCS(old2)) // expect: 3 3
	fmt.Println(runtime.GOOS, runtime.GOARCH)                    // expect: linux amd64

	done := make(chan bool)
	go func() {
		defer close(done)
		runtime.Goexit()
	}()
	<-done
	inner()                                                             // expect: main.main info.go 45 true
	fmt.Println(strings.Contains(string(debug.Stack()), "main.main()")) // expect: true

	defer func() {
		err, ok := recover().(runtime.Error)
		fmt.Println(ok, err) // expect: true runtime error: index out of range [7] with length 3
	}()
	s := make([]int, 3)
	i := 7
	s[i] = 1
}
