// Matrix multiplication: the same product in four ways.
//
// Shows: slices of slices against one flat slice, the order of loops and what
// it does to the cache, a transposed operand, and rows shared out among
// goroutines. All four agree; the times go to standard error.
//
// Usage: matmul [N]
package main

import (
	"fmt"
	"math"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

// matrix is an n by n matrix, stored row after row.
type matrix struct {
	n int
	a []float64
}

func newMatrix(n int) matrix {
	return matrix{n, make([]float64, n*n)}
}

// row returns row i, sharing its storage.
func (m matrix) row(i int) []float64 {
	return m.a[i*m.n : (i+1)*m.n]
}

// sample fills a matrix with numbers that depend on the seed only.
func sample(n int, seed uint32) matrix {
	m := newMatrix(n)
	x := seed
	for i := range m.a {
		x = x*1664525 + 1013904223
		m.a[i] = float64(int32(x)>>16) / 256
	}
	return m
}

// nested multiplies with slices of slices, in the textbook order.
func nested(a, b matrix) matrix {
	rows := func(m matrix) [][]float64 {
		r := make([][]float64, m.n)
		for i := range r {
			r[i] = m.row(i)
		}
		return r
	}
	c := newMatrix(a.n)
	ra, rb, rc := rows(a), rows(b), rows(c)
	for i := range rc {
		for j := range rc[i] {
			sum := 0.0
			for k := range rb {
				sum += float64(ra[i][k] * rb[k][j])
			}
			rc[i][j] = sum
		}
	}
	return c
}

// byRows runs the innermost loop along rows of b and c.
func byRows(a, b matrix) matrix {
	c := newMatrix(a.n)
	for i := range a.n {
		multiplyRow(c.row(i), a.row(i), b)
	}
	return c
}

// multiplyRow computes one row of a product into dst.
func multiplyRow(dst, row []float64, b matrix) {
	for k, x := range row {
		for j, y := range b.row(k) {
			dst[j] += float64(x * y)
		}
	}
}

// transposed turns b around first, so that both factors are read along rows.
func transposed(a, b matrix) matrix {
	n := a.n
	t := newMatrix(n)
	for i := range n {
		for j, v := range b.row(i) {
			t.a[j*n+i] = v
		}
	}
	c := newMatrix(n)
	for i := range n {
		row := a.row(i)
		for j := range n {
			sum := 0.0
			column := t.row(j)
			for k, x := range row {
				sum += float64(x * column[k])
			}
			c.a[i*n+j] = sum
		}
	}
	return c
}

// parallel is byRows with the rows shared out.
func parallel(a, b matrix) matrix {
	c := newMatrix(a.n)
	workers := runtime.GOMAXPROCS(0)
	var wg sync.WaitGroup
	for w := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := w; i < a.n; i += workers {
				multiplyRow(c.row(i), a.row(i), b)
			}
		}()
	}
	wg.Wait()
	return c
}

// difference is the largest distance between elements.
func difference(a, b matrix) float64 {
	d := 0.0
	for i, v := range a.a {
		d = math.Max(d, math.Abs(v-b.a[i]))
	}
	return d
}

func main() {
	n := 240
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			n = v
		}
	}
	a, b := sample(n, 1), sample(n, 2)
	methods := []struct {
		name string
		f    func(a, b matrix) matrix
	}{
		{"nested slices", nested},
		{"along rows", byRows},
		{"transposed", transposed},
		{"in parallel", parallel},
	}
	var first matrix
	for i, m := range methods {
		start := time.Now()
		c := m.f(a, b)
		ms := time.Since(start).Seconds() * 1000
		fmt.Fprintf(os.Stderr, "%-14s %8.1f ms\n", m.name, ms)
		if i == 0 {
			first = c
		}
		trace := 0.0
		for k := range n {
			trace += c.a[k*n+k]
		}
		fmt.Printf("%-14s trace %.4f, greatest difference %g\n", m.name, trace, difference(first, c))
	}
}
