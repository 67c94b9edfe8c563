// tern-only
// The locale is C's; neither calls nor the runtime change it, and Go's texts do not depend on it.
package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var setlocale func(category int32, name unsafe.Pointer) string
	purego.RegisterLibFunc(&setlocale, purego.RTLD_DEFAULT, "setlocale")
	const all = 6
	fmt.Println(setlocale(all, nil)) // expect: C
	name := append([]byte("C.UTF-8"), 0)
	fmt.Println(setlocale(all, unsafe.Pointer(&name[0]))) // expect: C.UTF-8
	var mblen func(s string, n uintptr) int32
	purego.RegisterLibFunc(&mblen, purego.RTLD_DEFAULT, "mblen")
	done := make(chan int32)
	for i := 0; i < 4; i++ {
		runtime.GC()
		go func() { done <- mblen("é", 2) }()
		fmt.Print(<-done, " ")
	}
	fmt.Println(setlocale(all, nil), 1.5) // expect: 2 2 2 2 C.UTF-8 1.5
}
