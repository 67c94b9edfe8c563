// N queens: in how many ways can N queens stand on an N by N board so that none
// attacks another?
//
// Shows: recursion over bit sets (one word each for the columns and diagonals
// under attack), work split among goroutines by the first queen's column, and
// a small picture drawn with strings.Builder.
//
// Usage: nqueens [N]
package main

import (
	"fmt"
	"math/bits"
	"os"
	"strconv"
	"strings"
	"sync"
)

// board is a search state: which columns and diagonals of the next row are
// under attack, and the mask of all columns.
type board struct {
	columns, left, right uint32
	all                  uint32
}

// place puts a queen on the column with this bit and moves to the next row.
func (b board) place(bit uint32) board {
	return board{
		columns: b.columns | bit,
		left:    (b.left | bit) << 1,
		right:   (b.right | bit) >> 1,
		all:     b.all,
	}
}

// free is the set of columns of this row that no queen attacks.
func (b board) free() uint32 {
	return b.all &^ (b.columns | b.left | b.right)
}

// count returns the number of ways to fill the rest of the board.
func (b board) count() int {
	if b.columns == b.all {
		return 1
	}
	n := 0
	for free := b.free(); free != 0; {
		bit := free & -free
		free ^= bit
		n += b.place(bit).count()
	}
	return n
}

// first finds the first solution in order of columns: the column of each row.
func (b board) first(rows []int) ([]int, bool) {
	if b.columns == b.all {
		return rows, true
	}
	for free := b.free(); free != 0; {
		bit := free & -free
		free ^= bit
		column := bits.TrailingZeros32(bit)
		if found, ok := b.place(bit).first(append(rows, column)); ok {
			return found, true
		}
	}
	return nil, false
}

// solve counts all solutions, one goroutine for each column of the first row.
func solve(n int) int {
	start := board{all: 1<<n - 1}
	counts := make([]int, n)
	var wg sync.WaitGroup
	for column := range n {
		wg.Add(1)
		go func() {
			defer wg.Done()
			counts[column] = start.place(1 << column).count()
		}()
	}
	wg.Wait()
	total := 0
	for _, c := range counts {
		total += c
	}
	return total
}

// picture draws a solution.
func picture(rows []int) string {
	var b strings.Builder
	for _, column := range rows {
		for i := range rows {
			if i > 0 {
				b.WriteByte(' ')
			}
			if i == column {
				b.WriteByte('Q')
			} else {
				b.WriteByte('.')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func main() {
	n := 11
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 && v < 32 {
			n = v
		}
	}
	for size := 1; size <= n; size++ {
		fmt.Printf("%2d queens: %d\n", size, solve(size))
	}
	if rows, ok := (board{all: 1<<n - 1}).first(nil); ok {
		fmt.Print(picture(rows))
	}
}
