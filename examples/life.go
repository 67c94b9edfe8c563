// Life: Conway's cellular automaton on a torus.
//
// Shows: two-dimensional slices, double buffering, parsing of a pattern, and
// bands of rows computed by goroutines that meet at a barrier each generation.
//
// Usage: life [GENERATIONS]
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

// rPentomino grows for 1103 generations on an endless board.
const rPentomino = `
.OO
OO.
.O.`

// glider moves one cell down and right in four generations.
const glider = `
.O.
..O
OOO`

// world is a board whose edges are joined; next is the buffer for the
// following generation, which step fills and exchanges with cells.
type world struct {
	width, height int
	cells, next   [][]bool
}

func newWorld(width, height int) *world {
	board := func() [][]bool {
		rows := make([][]bool, height)
		for y := range rows {
			rows[y] = make([]bool, width)
		}
		return rows
	}
	return &world{width, height, board(), board()}
}

// draw puts a pattern on the board with its upper left corner at (x, y).
func (w *world) draw(pattern string, x, y int) {
	for dy, line := range strings.Split(strings.TrimSpace(pattern), "\n") {
		for dx, c := range line {
			w.cells[(y+dy)%w.height][(x+dx)%w.width] = c == 'O'
		}
	}
}

// neighbours counts the living cells around (x, y).
func (w *world) neighbours(x, y int) (n int) {
	left, right := (x+w.width-1)%w.width, (x+1)%w.width
	for _, row := range [3][]bool{w.cells[(y+w.height-1)%w.height], w.cells[y], w.cells[(y+1)%w.height]} {
		for _, i := range [3]int{left, x, right} {
			if row[i] {
				n++
			}
		}
	}
	if w.cells[y][x] {
		n--
	}
	return n
}

// stepRows computes the next generation of rows from <= y < to.
func (w *world) stepRows(from, to int) {
	for y := from; y < to; y++ {
		for x := range w.width {
			n := w.neighbours(x, y)
			w.next[y][x] = n == 3 || n == 2 && w.cells[y][x]
		}
	}
}

// step computes one generation with the given number of goroutines.
func (w *world) step(workers int) {
	var wg sync.WaitGroup
	for i := range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			w.stepRows(i*w.height/workers, (i+1)*w.height/workers)
		}()
	}
	wg.Wait()
	w.cells, w.next = w.next, w.cells
}

// population counts the living cells.
func (w *world) population() (n int) {
	for _, row := range w.cells {
		for _, alive := range row {
			if alive {
				n++
			}
		}
	}
	return n
}

// String draws the board.
func (w *world) String() string {
	var b strings.Builder
	for _, row := range w.cells {
		for _, alive := range row {
			if alive {
				b.WriteByte('O')
			} else {
				b.WriteByte('.')
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func main() {
	generations := 200
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			generations = v
		}
	}

	small := newWorld(10, 6)
	small.draw(glider, 0, 0)
	for g := 0; g <= 8; g += 4 {
		fmt.Printf("glider, generation %d:\n%s", g, small)
		for range 4 {
			small.step(2)
		}
	}

	large := newWorld(200, 160)
	large.draw(rPentomino, 100, 80)
	for g := range generations {
		if g%(max(generations/10, 1)) == 0 {
			fmt.Printf("R-pentomino, generation %4d: %d alive\n", g, large.population())
		}
		large.step(4)
	}
	fmt.Printf("R-pentomino, generation %4d: %d alive\n", generations, large.population())
}
