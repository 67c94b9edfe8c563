// tern-only
package main

import (
	"fmt"

	"github.com/ebitengine/purego"
)

// C's promotions, floats and nil among variadic arguments. Under Go, purego passes the arguments as if the C function
// were not variadic, so that it finds no floats.
func main() {
	var snprintf func(buf []byte, n uintptr, format string, rest ...any) int32
	purego.RegisterLibFunc(&snprintf, purego.RTLD_DEFAULT, "snprintf")
	out := make([]byte, 200)
	print := func(format string, rest ...any) {
		n := snprintf(out, uintptr(len(out)), format, rest...)
		fmt.Println(string(out[:n]))
	}
	print("%d %s %.2f %c %ld", int32(7), "seven", float32(7.5), 'x', 1<<40)          // expect: 7 seven 7.50 x 1099511627776
	print("%g %g %g %g %g %g %g %g %g %g", 1.0, 2., 3., 4., 5., 6., 7., 8., 9., 10.) // expect: 1 2 3 4 5 6 7 8 9 10
	print("%d %g %d %s", 1, float32(2.5), int8(-3), "four")                          // expect: 1 2.5 -3 four
	print("%p %s", nil, "after")                                                     // expect: (nil) after
}
