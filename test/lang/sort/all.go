// Sorting ints, strings, floats, by function, stably; searching.
package main

import (
	"fmt"
	"math"
	"sort"
)

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type rec struct {
	k, seq int
}

func main() {
	n := []int{5, 2, 8, -1, 9, 3, 3}
	sort.Ints(n)
	fmt.Println(n, sort.IntsAreSorted(n), sort.SearchInts(n, 8), sort.SearchInts(n, 4), sort.SearchInts(n, 100)) // expect: [-1 2 3 3 5 8 9] true 5 4 7
	s := []string{"pear", "fig", "apple", "Fig"}
	sort.Strings(s)
	fmt.Println(s) // expect: [Fig apple fig pear]
	sort.Sort(byLen(s))
	fmt.Println(len(s[0]), len(s[3])) // expect: 3 5
	f := []float64{2.5, math.Inf(-1), 1e3, -4}
	sort.Float64s(f)
	fmt.Println(f) // expect: [-Inf -4 2.5 1000]
	sort.Sort(sort.Reverse(sort.IntSlice(n)))
	fmt.Println(n) // expect: [9 8 5 3 3 2 -1]
	var rs []rec
	x := uint32(1)
	for i := range 2000 {
		x = x*1664525 + 1013904223
		rs = append(rs, rec{int(x >> 28), i})
	}
	sort.SliceStable(rs, func(i, j int) bool { return rs[i].k < rs[j].k })
	ok := true
	for i := 1; i < len(rs); i++ {
		a, b := rs[i-1], rs[i]
		ok = ok && (a.k < b.k || a.k == b.k && a.seq < b.seq)
	}
	fmt.Println(ok) // expect: true
	sort.Slice(rs, func(i, j int) bool { return rs[i].seq > rs[j].seq })
	fmt.Println(rs[0].seq, rs[1999].seq)                                   // expect: 1999 0
	fmt.Println(sort.Search(1000, func(i int) bool { return i*i >= 500 })) // expect: 23
	big := make([]int, 50000)
	for i := range big {
		x = x*1664525 + 1013904223
		big[i] = int(x >> 8)
	}
	sort.Ints(big)
	fmt.Println(sort.IntsAreSorted(big)) // expect: true
}
