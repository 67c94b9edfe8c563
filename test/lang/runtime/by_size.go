// MemStats.BySize: what is allocated is counted in the class of its size, and so is
// what is freed.
package main

import (
	"fmt"
	"runtime"
)

type record struct {
	next *record
	data [11]int // 96 bytes together, a class of its own
}

var kept [5000]*record

func main() {
	var before, after, freed runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range kept {
		kept[i] = new(record)
	}
	runtime.ReadMemStats(&after)
	sizes, at := true, 0
	var mallocs uint64
	for i, c := range after.BySize {
		if i > 0 && c.Size <= after.BySize[i-1].Size || c.Frees > c.Mallocs {
			sizes = false
		}
		mallocs += c.Mallocs
		if c.Size == 96 {
			at = i
		}
	}
	fmt.Println(sizes, len(after.BySize), at > 0, mallocs <= after.Mallocs) // expect: true 61 true true
	n := after.BySize[at].Mallocs - before.BySize[at].Mallocs
	fmt.Println(n >= 5000, n < 6000) // expect: true true
	for i := range kept {            // one by one: an old word on the stack keeps one at most
		kept[i] = nil
	}
	runtime.GC()
	runtime.ReadMemStats(&freed)
	fmt.Println(freed.BySize[at].Frees-after.BySize[at].Frees >= 4990) // expect: true
}
