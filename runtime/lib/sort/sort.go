// Package sort puts slices and other collections in order.
//
// Sort is a quicksort that falls back to heapsort when the pivots are bad, and
// to insertion for short runs.  Ints, Float64s and Strings are the same
// algorithm on the elements themselves (slices.go).
package sort

import (
	"internal/reflectlite"
	"math/bits"
)

// An Interface is a collection that can be sorted.
type Interface interface {
	// Len is the number of elements.
	Len() int
	// Less reports whether element i must come before element j.
	Less(i, j int) bool
	// Swap exchanges elements i and j.
	Swap(i, j int)
}

// shortRun is the length up to which insertion is fastest.
const shortRun = 12

// Sort puts data in ascending order; equal elements may change places.
func Sort(data Interface) {
	n := data.Len()
	quick(data, 0, n, 2*bits.Len(uint(n)))
}

func insertion(data Interface, a, b int) {
	for i := a + 1; i < b; i++ {
		for j := i; j > a && data.Less(j, j-1); j-- {
			data.Swap(j, j-1)
		}
	}
}

// quick sorts data[a:b]; bad is how many unbalanced partitions are forgiven.
func quick(data Interface, a, b, bad int) {
	for b-a > shortRun {
		if bad == 0 {
			heap(data, a, b)
			return
		}
		mid, sorted := choosePivot(data, a, b)
		if sorted && isSortedRange(data, a, b) {
			return
		}
		data.Swap(a, mid)
		if a > 0 && !data.Less(a-1, a) {
			// The pivot is the smallest: put all that equal it aside.
			a = skipEqual(data, a, b)
			continue
		}
		mid = partition(data, a, b)
		left, right := mid-a, b-mid-1
		if min(left, right) < (b-a)/8 {
			bad--
		}
		if left < right {
			quick(data, a, mid, bad)
			a = mid + 1
		} else {
			quick(data, mid+1, b, bad)
			b = mid
		}
	}
	insertion(data, a, b)
}

// choosePivot returns the place of a middling element, and whether what it
// looked at was in order.
func choosePivot(data Interface, a, b int) (mid int, sorted bool) {
	n := b - a
	mid = a + n/2
	if n < 50 {
		return mid, median(data, a, mid, b-1)
	}
	l, r := a+n/4, a+n/4*3
	sorted = median(data, l-1, l, l+1)
	sorted = median(data, mid-1, mid, mid+1) && sorted
	sorted = median(data, r-1, r, r+1) && sorted
	sorted = median(data, l, mid, r) && sorted
	return mid, sorted
}

// isSortedRange reports whether data[a:b] is in order.
func isSortedRange(data Interface, a, b int) bool {
	for i := a + 1; i < b; i++ {
		if data.Less(i, i-1) {
			return false
		}
	}
	return true
}

// median puts the middle one of three elements at b; it reports whether they
// were in order.
func median(data Interface, a, b, c int) (sorted bool) {
	sorted = true
	if data.Less(b, a) {
		data.Swap(a, b)
		sorted = false
	}
	if data.Less(c, b) {
		data.Swap(b, c)
		sorted = false
		if data.Less(b, a) {
			data.Swap(a, b)
		}
	}
	return sorted
}

// partition puts what is less than data[a] before it and the rest after it, and
// returns where it went.
func partition(data Interface, a, b int) int {
	i, j := a+1, b-1
	for {
		for i <= j && data.Less(i, a) {
			i++
		}
		for i <= j && !data.Less(j, a) {
			j--
		}
		if i > j {
			break
		}
		data.Swap(i, j)
		i++
		j--
	}
	data.Swap(a, j)
	return j
}

// skipEqual puts all that equal data[a], of which nothing is less, first, and
// returns where the others begin.
func skipEqual(data Interface, a, b int) int {
	i, j := a+1, b-1
	for {
		for i <= j && !data.Less(a, i) {
			i++
		}
		for i <= j && data.Less(a, j) {
			j--
		}
		if i > j {
			return i
		}
		data.Swap(i, j)
		i++
		j--
	}
}

func heap(data Interface, a, b int) {
	n := b - a
	for i := n/2 - 1; i >= 0; i-- {
		sift(data, i, n, a)
	}
	for i := n - 1; i > 0; i-- {
		data.Swap(a, a+i)
		sift(data, 0, i, a)
	}
}

// sift lets element i of the heap data[first:first+n] sink to its place.
func sift(data Interface, i, n, first int) {
	for {
		child := 2*i + 1
		if child >= n {
			return
		}
		if child+1 < n && data.Less(first+child, first+child+1) {
			child++
		}
		if !data.Less(first+i, first+child) {
			return
		}
		data.Swap(first+i, first+child)
		i = child
	}
}

// Stable puts data in ascending order; equal elements keep their order.
func Stable(data Interface) {
	n := data.Len()
	size := 20
	for a := 0; a < n; a += size {
		insertion(data, a, min(a+size, n))
	}
	for ; size < n; size *= 2 {
		for a := 0; a+size < n; a += 2 * size {
			merge(data, a, a+size, min(a+2*size, n))
		}
	}
}

// merge merges the sorted data[a:m] and data[m:b] in place: it exchanges the
// upper part of the left with the lower part of the right, and merges both
// halves.
func merge(data Interface, a, m, b int) {
	if a >= m || m >= b || !data.Less(m, m-1) {
		return
	}
	if b-a == 2 {
		data.Swap(a, m)
		return
	}
	var i, j int // data[i:m] and data[m:j] change places
	if m-a > b-m {
		i = a + (m-a)/2
		j = m + Search(b-m, func(k int) bool { return !data.Less(m+k, i) })
	} else {
		j = m + (b-m)/2
		i = a + Search(m-a, func(k int) bool { return data.Less(j, a+k) })
		j++
	}
	rotate(data, i, m, j)
	mid := i + j - m
	if m-a > b-m {
		merge(data, a, i, mid)
		merge(data, mid+1, j, b)
	} else {
		merge(data, a, i, mid-1)
		merge(data, mid, j, b)
	}
}

// rotate exchanges data[a:m] and data[m:b].
func rotate(data Interface, a, m, b int) {
	if a == m || m == b {
		return
	}
	reverse(data, a, m)
	reverse(data, m, b)
	reverse(data, a, b)
}

func reverse(data Interface, a, b int) {
	for b--; a < b; a, b = a+1, b-1 {
		data.Swap(a, b)
	}
}

// IsSorted reports whether data is in ascending order.
func IsSorted(data Interface) bool { return isSortedRange(data, 0, data.Len()) }

type reversed struct {
	Interface
}

// Less compares the other way round.
func (r reversed) Less(i, j int) bool { return r.Interface.Less(j, i) }

// Reverse returns data with its order turned round.
func Reverse(data Interface) Interface { return &reversed{data} }

// funcSorter is a slice with a function that compares its elements.
type funcSorter struct {
	n    int
	less func(i, j int) bool
	swap func(i, j int)
}

// Len returns the number of elements.
func (f *funcSorter) Len() int { return f.n }

// Less compares two elements.
func (f *funcSorter) Less(i, j int) bool { return f.less(i, j) }

// Swap exchanges two elements.
func (f *funcSorter) Swap(i, j int) { f.swap(i, j) }

// Slice sorts the slice x by less, which compares elements by their index.  It
// panics if x is not a slice.
func Slice(x any, less func(i, j int) bool) {
	swap, n := reflectlite.Swapper(x)
	Sort(&funcSorter{n, less, swap})
}

// SliceStable is Slice, with equal elements in their old order.
func SliceStable(x any, less func(i, j int) bool) {
	swap, n := reflectlite.Swapper(x)
	Stable(&funcSorter{n, less, swap})
}

// SliceIsSorted reports whether the slice x is in the order of less.
func SliceIsSorted(x any, less func(i, j int) bool) bool {
	n := reflectlite.ValueOf(x).Len()
	for i := n - 1; i > 0; i-- {
		if less(i, i-1) {
			return false
		}
	}
	return true
}
