// GCBench: an artificial garbage collection benchmark.
//
// Shows: the classic shape by John Ellis, Pete Kovac and Hans Boehm. A large
// tree and a large pointer-free array stay alive, while trees of growing depth
// are built top-down (which stores into old objects) and bottom-up (which does
// not) and dropped. Node counts go to standard output, times to standard error,
// so that the output is the same in each run.
//
// Usage: gcbench [DEPTH]     depth of the largest short-lived trees
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

const (
	minTreeDepth = 4
	arraySize    = 500000
)

// node carries two pointers and two words that are not pointers.
type node struct {
	left, right *node
	i, j        int
}

// treeSize is the number of nodes of a tree of a depth.
func treeSize(depth int) int {
	return 1<<(depth+1) - 1
}

// iterations is how many trees of a depth make about the same number of nodes
// as two of the largest.
func iterations(depth, stretchDepth int) int {
	return 2 * treeSize(stretchDepth) / treeSize(depth)
}

// populate builds the tree top-down, assigning to older objects.
func populate(depth int, n *node) {
	if depth <= 0 {
		return
	}
	depth--
	n.left = &node{}
	n.right = &node{}
	populate(depth, n.left)
	populate(depth, n.right)
}

// makeTree builds the tree bottom-up.
func makeTree(depth int) *node {
	if depth <= 0 {
		return &node{}
	}
	return &node{left: makeTree(depth - 1), right: makeTree(depth - 1)}
}

// size counts the nodes below and including n.
func (n *node) size() int {
	if n == nil {
		return 0
	}
	return 1 + n.left.size() + n.right.size()
}

// timed runs f and reports how long it took on standard error.
func timed(what string, f func()) {
	start := time.Now()
	f()
	fmt.Fprintf(os.Stderr, "%-40s %8.1f ms\n", what, float64(time.Since(start).Microseconds())/1000)
}

// construct builds and drops trees of one depth, in both ways.
func construct(depth, stretchDepth int) {
	n := iterations(depth, stretchDepth)
	nodes := 0
	timed(fmt.Sprintf("%d trees of depth %d, top-down", n, depth), func() {
		for range n {
			root := &node{}
			populate(depth, root)
			nodes += root.size()
		}
	})
	timed(fmt.Sprintf("%d trees of depth %d, bottom-up", n, depth), func() {
		for range n {
			nodes += makeTree(depth).size()
		}
	})
	fmt.Printf("%7d trees of depth %2d: %d nodes\n", 2*n, depth, nodes)
}

func main() {
	maxTreeDepth := 14
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil && v >= minTreeDepth {
			maxTreeDepth = v
		}
	}
	stretchDepth := maxTreeDepth + 1

	fmt.Printf("stretching memory with a tree of depth %d\n", stretchDepth)
	timed("stretch tree", func() { makeTree(stretchDepth) })

	fmt.Printf("a long-lived tree of depth %d\n", maxTreeDepth)
	longLived := &node{}
	timed("long-lived tree", func() { populate(maxTreeDepth, longLived) })

	fmt.Printf("a long-lived array of %d floats\n", arraySize)
	array := make([]float64, arraySize)
	for i := 1; i < arraySize/2; i++ {
		array[i] = 1.0 / float64(i)
	}

	for depth := minTreeDepth; depth <= maxTreeDepth; depth += 2 {
		construct(depth, stretchDepth)
	}

	// The long-lived data must have come through all collections unharmed.
	if longLived.size() != treeSize(maxTreeDepth) || array[1000] != 1.0/1000 {
		fmt.Println("FAILED: long-lived data was damaged")
		os.Exit(1)
	}
	fmt.Println("long-lived data is intact")
}
