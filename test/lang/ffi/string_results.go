// A string that C returns may lie in a string that it was given: it is copied before that is gone.
package main

import (
	"fmt"
	"runtime"
	"strings"
	"unsafe"

	"github.com/ebitengine/purego"
)

func main() {
	var mallopt func(param, value int32) int32
	purego.RegisterLibFunc(&mallopt, purego.RTLD_DEFAULT, "mallopt")
	const perturb = -6
	mallopt(perturb, 0xa5) // free memory is overwritten
	var strstr func(a, b string) string
	purego.RegisterLibFunc(&strstr, purego.RTLD_DEFAULT, "strstr")
	long := strings.Repeat("y", 5000) + strings.Repeat("x", 100)
	fmt.Println(strstr(long, "yy") == long)                         // expect: true
	fmt.Println(strstr(long, "yx") == "y"+strings.Repeat("x", 100)) // expect: true
	fmt.Println(strstr("short", "or"), strstr("ended\x00", "d"))    // expect: ort ded

	// A pointer into such a string, too, holds what it points to.
	var strchr func(s string, c int32) *byte
	purego.RegisterLibFunc(&strchr, purego.RTLD_DEFAULT, "strchr")
	p, q, r := strchr("some text", 't'), strchr(long, 'x'), strchr("own text", 0)
	for i := 0; i < 100; i++ {
		strchr(strings.Repeat("-", 10*i), 'x')
	}
	runtime.GC()
	fmt.Println(string(unsafe.Slice(p, 4)), string(unsafe.Slice(q, 3)), *r, strchr("none", 'x')) // expect: text xxx 0 <nil>
}
