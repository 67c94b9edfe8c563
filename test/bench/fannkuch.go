// Fannkuch: over all permutations of N numbers, how often can the prefix be
// turned over until 1 comes first? Small slices, indexing, swaps.
//
// Usage: fannkuch [N]
package main

import (
	"fmt"
	"os"
	"strconv"
)

// flips counts the reversals for one permutation, using scratch.
func flips(perm, scratch []int) (n int) {
	copy(scratch, perm)
	for first := scratch[0]; first != 0; first = scratch[0] {
		for i, j := 0, first; i < j; i, j = i+1, j-1 {
			scratch[i], scratch[j] = scratch[j], scratch[i]
		}
		n++
	}
	return n
}

// next makes the following permutation in the order the checksum needs;
// count[i] says how often the first i+1 places have been rotated.
func next(perm, count []int) bool {
	for i := 1; i < len(perm); i++ {
		first := perm[0]
		for j := 0; j < i; j++ {
			perm[j] = perm[j+1]
		}
		perm[i] = first
		count[i]++
		if count[i] <= i {
			return true
		}
		count[i] = 0
	}
	return false
}

func main() {
	n := 11
	if len(os.Args) > 1 {
		n, _ = strconv.Atoi(os.Args[1])
	}
	perm, scratch, count := make([]int, n), make([]int, n), make([]int, n)
	for i := range perm {
		perm[i] = i
	}
	checksum, most := 0, 0
	for i := 0; ; i++ {
		f := flips(perm, scratch)
		most = max(most, f)
		if i%2 == 0 {
			checksum += f
		} else {
			checksum -= f
		}
		if !next(perm, count) {
			break
		}
	}
	fmt.Printf("%d\nPfannkuchen(%d) = %d\n", checksum, n, most)
}
