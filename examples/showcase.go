// Showcase: what `make run` shows.
//
// Shows: goroutines at work while the collector runs beside them. Some workers
// grow, mirror and drop trees; others pass messages round a ring; a keeper
// holds on to a sliding window of what they made. Run it with the collector's
// trace and watch a line for each cycle, with the one stop that it needs:
//
//	GODEBUG=gctrace=1 tern run examples/showcase.go
//
// Usage: showcase [ROUNDS]
package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"sync"
)

const (
	workers   = 8
	ringSize  = 1000
	windowLen = 64
	treeDepth = 12
)

// tree is a binary tree with a number in each node.
type tree struct {
	left, right *tree
	n           int
}

// grow makes a tree whose nodes are numbered from n on in preorder; it returns
// the next free number as well.
func grow(depth, n int) (*tree, int) {
	t := &tree{n: n}
	n++
	if depth > 0 {
		t.left, n = grow(depth-1, n)
		t.right, n = grow(depth-1, n)
	}
	return t, n
}

// mirror exchanges left and right everywhere.
func (t *tree) mirror() {
	if t != nil {
		t.left, t.right = t.right, t.left
		t.left.mirror()
		t.right.mirror()
	}
}

// sum adds up the numbers of all nodes.
func (t *tree) sum() int {
	if t == nil {
		return 0
	}
	return t.n + t.left.sum() + t.right.sum()
}

// gardener makes trees and sends them to the keeper.
func gardener(rounds int, out chan<- *tree) {
	for range rounds {
		t, _ := grow(treeDepth, 0)
		t.mirror()
		out <- t
	}
}

// ring passes messages round ringSize goroutines; some of them add a word. It
// returns the number of words that came back.
func ring(rounds int) (words int) {
	first := make(chan string)
	in := first
	for i := range ringSize {
		out := make(chan string, 1)
		go func(in <-chan string, out chan<- string) {
			for s := range in {
				if i%100 == 0 {
					s += fmt.Sprint(i, " ")
				}
				out <- s
			}
			close(out)
		}(in, out)
		in = out
	}
	for range rounds {
		first <- "round: "
		words += len(strings.Fields(<-in))
	}
	close(first)
	return words
}

func main() {
	rounds := 60
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v > 0 {
			rounds = v
		}
	}
	nodes := 1<<(treeDepth+1) - 1
	fmt.Printf("%d gardeners, %d trees each of %d nodes, and a ring of %d goroutines\n",
		workers, rounds, nodes, ringSize)

	trees := make(chan *tree)
	var wg sync.WaitGroup
	for range workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			gardener(rounds, trees)
		}()
	}
	go func() {
		wg.Wait()
		close(trees)
	}()
	words := make(chan int)
	go func() { words <- ring(rounds) }()

	// The keeper: a window of the latest trees, summed up when they leave it.
	var window [windowLen]*tree
	kept, sum := 0, 0
	for t := range trees {
		sum += window[kept%windowLen].sum()
		window[kept%windowLen] = t
		kept++
		if kept%(workers*max(rounds/4, 1)) == 0 {
			fmt.Printf("%d trees so far\n", kept)
		}
	}
	for _, t := range window {
		sum += t.sum()
	}
	fmt.Println("every tree came through intact:", sum == kept*nodes*(nodes-1)/2)
	fmt.Println("words passed round the ring:", <-words)
}
