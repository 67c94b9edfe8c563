// tern-only
// except thread TSan does not know the threads of timers and crashes in the first
// Everything is asleep, but a thread of C will call: that is no deadlock.
package main

import (
	"fmt"

	"github.com/ebitengine/purego"
)

// struct sigevent of the C library.
type event struct {
	value  uintptr
	signal int32
	notify int32
	fn     uintptr
	attr   uintptr
	rest   [4]uintptr
}

func main() {
	var create func(clock int32, e *event, id *uintptr) int32
	var set func(id uintptr, flags int32, when *[4]int64, old uintptr) int32
	purego.RegisterLibFunc(&create, purego.RTLD_DEFAULT, "timer_create")
	purego.RegisterLibFunc(&set, purego.RTLD_DEFAULT, "timer_settime")
	ch := make(chan uintptr)
	ring := purego.NewCallback(func(value uintptr) { ch <- value })
	const byThread = 2
	var id uintptr
	fmt.Println(create(1, &event{value: 42, notify: byThread, fn: ring}, &id)) // expect: 0
	fmt.Println(set(id, 0, &[4]int64{3: 200000000}, 0))                        // expect: 0
	fmt.Println(<-ch)                                                          // expect: 42
}
