// Qsort sorts and searches with C's qsort and bsearch and a comparator in Go: each comparison is a call from Go to C
// and back into Go.
//
//	tern run examples/ffi/qsort.go [words]
package main

import (
	"fmt"
	"os"
	"unsafe"

	"github.com/ebitengine/purego"
)

type point struct {
	x, y int32
	name string
}

var (
	qsort   func(base unsafe.Pointer, n, size uintptr, compare func(a, b unsafe.Pointer) int32)
	bsearch func(key, base unsafe.Pointer, n, size uintptr, compare func(key, e unsafe.Pointer) int32) unsafe.Pointer
)

func byDistance(a, b unsafe.Pointer) int32 {
	p, q := (*point)(a), (*point)(b)
	return (p.x*p.x + p.y*p.y) - (q.x*q.x + q.y*q.y)
}

func byName(a, b unsafe.Pointer) int32 {
	p, q := *(*string)(a), *(*string)(b)
	switch {
	case p < q:
		return -1
	case p > q:
		return 1
	}
	return 0
}

func main() {
	purego.RegisterLibFunc(&qsort, purego.RTLD_DEFAULT, "qsort")
	purego.RegisterLibFunc(&bsearch, purego.RTLD_DEFAULT, "bsearch")

	points := []point{{3, 4, "five"}, {0, 1, "one"}, {6, 8, "ten"}, {5, 12, "thirteen"}, {2, 0, "two"}}
	qsort(unsafe.Pointer(&points[0]), uintptr(len(points)), unsafe.Sizeof(points[0]), byDistance)
	for _, p := range points {
		fmt.Println(p.x, p.y, p.name)
	}
	key := point{x: 10}
	found := bsearch(unsafe.Pointer(&key), unsafe.Pointer(&points[0]), uintptr(len(points)),
		unsafe.Sizeof(points[0]), byDistance)
	fmt.Println("at distance ten:", (*point)(found).name)
	key.x = 11
	found = bsearch(unsafe.Pointer(&key), unsafe.Pointer(&points[0]), uintptr(len(points)),
		unsafe.Sizeof(points[0]), byDistance)
	fmt.Println("at distance eleven:", found)

	words := []string{"pear", "apple", "quince", "fig", "cherry"}
	if len(os.Args) > 1 {
		words = os.Args[1:]
	}
	qsort(unsafe.Pointer(&words[0]), uintptr(len(words)), unsafe.Sizeof(words[0]), byName)
	fmt.Println(words)

	// A comparator that knows where it is called from: closures are fine, too.
	numbers := make([]int32, 100000)
	for i := range numbers {
		numbers[i] = int32(uint32(i) * 2654435761 >> 8)
	}
	calls := 0
	qsort(unsafe.Pointer(&numbers[0]), uintptr(len(numbers)), 4, func(a, b unsafe.Pointer) int32 {
		calls++
		return *(*int32)(a) - *(*int32)(b)
	})
	sorted := true
	for i := 1; i < len(numbers); i++ {
		sorted = sorted && numbers[i-1] <= numbers[i]
	}
	fmt.Println("sorted:", sorted)
	fmt.Fprintln(os.Stderr, calls, "comparisons")
}
