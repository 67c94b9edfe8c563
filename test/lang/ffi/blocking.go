package main

import (
	"fmt"
	"runtime"
	"sync/atomic"

	"github.com/ebitengine/purego"
)

// While C blocks, other goroutines run and collections finish, with one P, too.
func main() {
	runtime.GOMAXPROCS(1)
	var pipe func(fds *[2]int32) int32
	var read func(fd int32, buf []byte, n uintptr) int
	var write func(fd int32, s string, n uintptr) int
	purego.RegisterLibFunc(&pipe, purego.RTLD_DEFAULT, "pipe")
	purego.RegisterLibFunc(&read, purego.RTLD_DEFAULT, "read")
	purego.RegisterLibFunc(&write, purego.RTLD_DEFAULT, "write")
	var fds [2]int32
	fmt.Println(pipe(&fds)) // expect: 0
	var reading atomic.Int32
	done := make(chan string)
	for i := 0; i < 4; i++ {
		go func() {
			buf := make([]byte, 64) // C fills it while collections run
			reading.Add(1)
			n := read(fds[0], buf, 1)
			done <- string(buf[:n])
		}()
	}
	for reading.Load() < 4 {
		runtime.Gosched()
	}
	for i := 0; i < 3; i++ {
		runtime.GC()
		garbage := make([][]byte, 1000)
		for j := range garbage {
			garbage[j] = make([]byte, 64)
		}
		runtime.Gosched()
	}
	select {
	case <-done:
		fmt.Println("nothing was written yet")
	default:
	}
	write(fds[1], "tttt", 4)
	for i := 0; i < 4; i++ {
		fmt.Print(<-done)
	}
	fmt.Println() // expect: tttt
}
