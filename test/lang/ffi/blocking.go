// tern-only
package main

import (
	"fmt"
	"runtime"
	"time"

	"github.com/ebitengine/purego"
)

// While C sleeps, other goroutines run and collections finish, with one P, too.
func main() {
	runtime.GOMAXPROCS(1)
	var usleep func(uint32) int32
	purego.RegisterLibFunc(&usleep, purego.RTLD_DEFAULT, "usleep")
	done := make(chan bool)
	go func() {
		usleep(100000)
		done <- true
	}()
	for i := 0; i < 10; i++ {
		runtime.Gosched() // it is in C now
	}
	time.Sleep(time.Millisecond)
	n := 0
	for sleeping := true; sleeping; {
		select {
		case <-done:
			sleeping = false
		default:
			n++
			if n <= 3 {
				runtime.GC()
			}
			runtime.Gosched()
		}
	}
	fmt.Println(n > 3) // expect: true
}
