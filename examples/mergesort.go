// Merge sort: divide, sort the halves in parallel, merge.
//
// Shows: goroutines as cheap subroutines. Above a threshold each half is
// sorted by a goroutine of its own; below it by plain recursion. Slices make
// the halves without copying. The result is compared with package sort.
//
// Usage: mergesort [N]
package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"sync"
)

const (
	// parallelAbove is the length from which halves get their own goroutine.
	parallelAbove = 4096
	// insertionBelow is the length under which insertion sort is quicker.
	insertionBelow = 16
)

// random is a small linear congruential generator, so that every run sorts the
// same numbers.
type random uint64

func (r *random) next() uint64 {
	*r = *r*6364136223846793005 + 1442695040888963407
	return uint64(*r >> 33)
}

// insertionSort sorts short slices.
func insertionSort(a []int) {
	for i := 1; i < len(a); i++ {
		v := a[i]
		j := i
		for j > 0 && a[j-1] > v {
			a[j] = a[j-1]
			j--
		}
		a[j] = v
	}
}

// merge merges the sorted halves a[:mid] and a[mid:] by way of tmp.
func merge(a, tmp []int, mid int) {
	if a[mid-1] <= a[mid] {
		return // already in order
	}
	copy(tmp, a[:mid])
	left := tmp[:mid]
	i, j, k := 0, mid, 0
	for i < len(left) && j < len(a) {
		if a[j] < left[i] {
			a[k] = a[j]
			j++
		} else {
			a[k] = left[i]
			i++
		}
		k++
	}
	copy(a[k:], left[i:])
}

// sequential sorts a with one goroutine.
func sequential(a, tmp []int) {
	if len(a) < insertionBelow {
		insertionSort(a)
		return
	}
	mid := len(a) / 2
	sequential(a[:mid], tmp[:mid])
	sequential(a[mid:], tmp[mid:])
	merge(a, tmp, mid)
}

// parallel sorts a with as many goroutines as its length deserves.
func parallel(a, tmp []int) {
	if len(a) < parallelAbove {
		sequential(a, tmp)
		return
	}
	mid := len(a) / 2
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		parallel(a[:mid], tmp[:mid])
	}()
	parallel(a[mid:], tmp[mid:])
	wg.Wait()
	merge(a, tmp, mid)
}

// equal says whether two slices hold the same numbers in the same order.
func equal(a, b []int) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func main() {
	n := 500000
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			n = v
		}
	}
	rnd := random(42)
	numbers := make([]int, n)
	for i := range numbers {
		numbers[i] = int(rnd.next() % 1000000)
	}
	want := append([]int(nil), numbers...)
	sort.Ints(want)

	one := append([]int(nil), numbers...)
	sequential(one, make([]int, n))
	fmt.Println("sequential merge sort is right:", equal(one, want))

	two := append([]int(nil), numbers...)
	parallel(two, make([]int, n))
	fmt.Println("parallel merge sort is right:", equal(two, want))

	fmt.Printf("smallest %d, median %d, largest %d\n", two[0], two[n/2], two[n-1])
}
