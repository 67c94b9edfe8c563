package sort

import (
	"math/bits"
	"unsafe"
)

// Sorting and searching slices of the common types.  Without type parameters
// the algorithm is written twice: for integers, which serve floating-point
// numbers too, and for strings.

// IntSlice makes a []int a collection in ascending order.
type IntSlice []int

// Len returns the number of elements.
func (x IntSlice) Len() int { return len(x) }

// Less reports whether x[i] comes before x[j].
func (x IntSlice) Less(i, j int) bool { return x[i] < x[j] }

// Swap exchanges two elements.
func (x IntSlice) Swap(i, j int) { x[i], x[j] = x[j], x[i] }

// Sort sorts x.
func (x IntSlice) Sort() { Ints(x) }

// Search returns where v is in sorted x, or would have to be inserted.
func (x IntSlice) Search(v int) int { return SearchInts(x, v) }

// Float64Slice makes a []float64 a collection in ascending order.
type Float64Slice []float64

// Len returns the number of elements.
func (x Float64Slice) Len() int { return len(x) }

// Less reports whether x[i] comes before x[j], NaN first.
func (x Float64Slice) Less(i, j int) bool { return x[i] < x[j] || x[i] != x[i] && x[j] == x[j] }

// Swap exchanges two elements.
func (x Float64Slice) Swap(i, j int) { x[i], x[j] = x[j], x[i] }

// Sort sorts x.
func (x Float64Slice) Sort() { Float64s(x) }

// Search returns where v is in sorted x, or would have to be inserted.
func (x Float64Slice) Search(v float64) int { return SearchFloat64s(x, v) }

// StringSlice makes a []string a collection in ascending order.
type StringSlice []string

// Len returns the number of elements.
func (x StringSlice) Len() int { return len(x) }

// Less reports whether x[i] comes before x[j].
func (x StringSlice) Less(i, j int) bool { return x[i] < x[j] }

// Swap exchanges two elements.
func (x StringSlice) Swap(i, j int) { x[i], x[j] = x[j], x[i] }

// Sort sorts x.
func (x StringSlice) Sort() { Strings(x) }

// Search returns where v is in sorted x, or would have to be inserted.
func (x StringSlice) Search(v string) int { return SearchStrings(x, v) }

// Ints sorts x in ascending order.
func Ints(x []int) {
	if !IntsAreSorted(x) {
		sortInts(x, 2*bits.Len(uint(len(x))))
	}
}

// Strings sorts x in ascending order.
func Strings(x []string) {
	if !StringsAreSorted(x) {
		sortStrings(x, 2*bits.Len(uint(len(x))))
	}
}

// Float64s sorts x in ascending order, NaN first.
func Float64s(x []float64) {
	if Float64sAreSorted(x) {
		return
	}
	from := 0
	for i, v := range x {
		if v != v {
			x[i], x[from] = x[from], v
			from++
		}
	}
	x = x[from:]
	// The bits of positive numbers are in order as integers; those of negative
	// ones are once all but the sign are turned over.
	keys := *(*[]int)(unsafe.Pointer(&x))
	for i, k := range keys {
		keys[i] = k ^ int(uint(k>>63)>>1)
	}
	sortInts(keys, 2*bits.Len(uint(len(keys))))
	for i, k := range keys {
		keys[i] = k ^ int(uint(k>>63)>>1)
	}
}

// IntsAreSorted reports whether x is in ascending order.
func IntsAreSorted(x []int) bool {
	for i := 1; i < len(x); i++ {
		if x[i] < x[i-1] {
			return false
		}
	}
	return true
}

// StringsAreSorted reports whether x is in ascending order.
func StringsAreSorted(x []string) bool {
	for i := 1; i < len(x); i++ {
		if x[i] < x[i-1] {
			return false
		}
	}
	return true
}

// Float64sAreSorted reports whether x is in ascending order, NaN first.
func Float64sAreSorted(x []float64) bool {
	for i := 1; i < len(x); i++ {
		if x[i] < x[i-1] || x[i] != x[i] && x[i-1] == x[i-1] {
			return false
		}
	}
	return true
}

// sortInts sorts x; bad is how many unbalanced partitions are forgiven before
// it turns to heapsort.
func sortInts(x []int, bad int) {
	for len(x) > shortRun {
		n := len(x)
		if bad == 0 {
			heap(IntSlice(x), 0, n)
			return
		}
		pivot := medianInts(x[0], x[n/2], x[n-1])
		if n > 100 {
			pivot = medianInts(medianInts(x[n/8], x[n/4], x[n/8*3]), pivot,
				medianInts(x[n/8*5], x[n/4*3], x[n/8*7]))
		}
		// x[:i] <= pivot, x[j+1:] >= pivot; both advance over equal elements
		// one at a time, so many of them split evenly.
		i, j := 0, n-1
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for pivot < x[j] {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		if min(j+1, n-i) < n/8 {
			bad--
		}
		if j+1 < n-i {
			sortInts(x[:j+1], bad)
			x = x[i:]
		} else {
			sortInts(x[i:], bad)
			x = x[:j+1]
		}
	}
	for i := 1; i < len(x); i++ {
		v := x[i]
		j := i
		for ; j > 0 && v < x[j-1]; j-- {
			x[j] = x[j-1]
		}
		x[j] = v
	}
}

func medianInts(a, b, c int) int {
	if b < a {
		a, b = b, a
	}
	if c < b {
		b = c
		if b < a {
			b = a
		}
	}
	return b
}

// sortStrings sorts x; bad is how many unbalanced partitions are forgiven before
// it turns to heapsort.
func sortStrings(x []string, bad int) {
	for len(x) > shortRun {
		n := len(x)
		if bad == 0 {
			heap(StringSlice(x), 0, n)
			return
		}
		pivot := medianStrings(x[0], x[n/2], x[n-1])
		if n > 100 {
			pivot = medianStrings(medianStrings(x[n/8], x[n/4], x[n/8*3]), pivot,
				medianStrings(x[n/8*5], x[n/4*3], x[n/8*7]))
		}
		// x[:i] <= pivot, x[j+1:] >= pivot; both advance over equal elements
		// one at a time, so many of them split evenly.
		i, j := 0, n-1
		for i <= j {
			for x[i] < pivot {
				i++
			}
			for pivot < x[j] {
				j--
			}
			if i <= j {
				x[i], x[j] = x[j], x[i]
				i++
				j--
			}
		}
		if min(j+1, n-i) < n/8 {
			bad--
		}
		if j+1 < n-i {
			sortStrings(x[:j+1], bad)
			x = x[i:]
		} else {
			sortStrings(x[i:], bad)
			x = x[:j+1]
		}
	}
	for i := 1; i < len(x); i++ {
		v := x[i]
		j := i
		for ; j > 0 && v < x[j-1]; j-- {
			x[j] = x[j-1]
		}
		x[j] = v
	}
}

func medianStrings(a, b, c string) string {
	if b < a {
		a, b = b, a
	}
	if c < b {
		b = c
		if b < a {
			b = a
		}
	}
	return b
}
