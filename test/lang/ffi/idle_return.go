// tern-only
// A goroutine comes back from C while the whole program was asleep: it is still asked to share its processor.
package main

import (
	"fmt"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/ebitengine/purego"
)

func main() {
	runtime.GOMAXPROCS(1)
	var usleep func(uint32) int32
	purego.RegisterLibFunc(&usleep, purego.RTLD_DEFAULT, "usleep")
	late := 0
	for i := 0; i < 3; i++ {
		var flag atomic.Int32
		usleep(100000)
		began := time.Now()
		go func() { flag.Store(1) }()
		for flag.Load() == 0 {
		}
		if time.Since(began) > 5*time.Second {
			late++
		}
	}
	fmt.Println(late) // expect: 0
}
