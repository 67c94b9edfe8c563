// tern-only
// except gcstress slow
// except thread its stacks are larger
// except address its stacks are larger
package main

import (
	"fmt"

	"github.com/ebitengine/purego"
)

// Go calls C calls Go for ever: the goroutine's stack has room for that, the thread's has not.
func main() {
	var bsearch func(key, base *int32, n, size uintptr, f func(a, b *int32) int32) *int32
	purego.RegisterLibFunc(&bsearch, purego.RTLD_DEFAULT, "bsearch")
	depth, key := 0, new(int32)
	var deeper func(a, b *int32) int32
	deeper = func(a, b *int32) int32 {
		depth++
		if depth == 1000 {
			fmt.Println("a thousand levels are nothing") // expect: a thousand levels are nothing
		}
		bsearch(key, key, 1, 4, deeper)
		return 0
	}
	bsearch(key, key, 1, 4, deeper) // fatal: the thread's stack is full: C and its callbacks nest too deep
}
