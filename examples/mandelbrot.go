// Mandelbrot: draw the famous set.
//
// Shows: floating-point loops, rows computed in parallel and written in order.
// Without a file name it prints a small picture in characters and a checksum;
// with one it writes a grey picture in the PGM format that image viewers open.
//
// Usage: mandelbrot [WIDTH [FILE.pgm]]
package main

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
)

// maxIterations is when a point counts as inside.
const maxIterations = 200

// view is the part of the plane that is drawn.
type view struct {
	left, top   float64
	step        float64
	width, rows int
}

// newView shows the whole set with the given number of columns; points are
// aspect times as high as wide.
func newView(width int, aspect float64) view {
	step := 3.0 / float64(width)
	return view{-2.2, 1.2, step, width, int(2.4 / (step * aspect))}
}

// escape counts the iterations until the orbit of (x, y) leaves the circle of
// radius 2.
func escape(x, y float64) int {
	var re, im float64
	for i := range maxIterations {
		re2, im2 := re*re, im*im
		if re2+im2 > 4 {
			return i
		}
		re, im = re2-im2+x, 2*re*im+y
	}
	return maxIterations
}

// render computes all rows, as many at a time as there are processors.
func (v view) render(aspect float64) [][]int {
	rows := make([][]int, v.rows)
	next := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for r := range next {
				row := make([]int, v.width)
				y := v.top - float64(r)*v.step*aspect
				for c := range row {
					row[c] = escape(v.left+float64(c)*v.step, y)
				}
				rows[r] = row
			}
		}()
	}
	for r := range rows {
		next <- r
	}
	close(next)
	wg.Wait()
	return rows
}

// characters prints rows as text.
func characters(rows [][]int) {
	const shades = " .:-=+*#%@"
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, row := range rows {
		for _, n := range row {
			shade := n * len(shades) / 40
			if n == maxIterations {
				shade = len(shades) - 1
			}
			out.WriteByte(shades[min(shade, len(shades)-1)])
		}
		out.WriteByte('\n')
	}
}

// writePGM writes rows as a binary PGM file.
func writePGM(name string, rows [][]int) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	out := bufio.NewWriter(f)
	fmt.Fprintf(out, "P5\n%d %d\n255\n", len(rows[0]), len(rows))
	for _, row := range rows {
		for _, n := range row {
			out.WriteByte(byte(255 - n*255/maxIterations))
		}
	}
	return out.Flush()
}

// checksum adds up all iteration counts.
func checksum(rows [][]int) (sum int) {
	for _, row := range rows {
		for _, n := range row {
			sum += n
		}
	}
	return sum
}

func main() {
	width := 600
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			width = v
		}
	}
	rows := newView(width, 1).render(1)
	if len(os.Args) > 2 {
		if err := writePGM(os.Args[2], rows); err != nil {
			fmt.Fprintln(os.Stderr, "mandelbrot:", err)
			os.Exit(1)
		}
		return
	}
	characters(newView(72, 2).render(2))
	fmt.Printf("%d by %d points, %d iterations\n", width, len(rows), checksum(rows))
}
