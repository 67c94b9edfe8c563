// Binary trees: allocate and drop millions of small objects.
//
// Shows: the allocator and the collector at work. A long-lived tree stays for
// the whole run, while many short-lived ones are built, counted and forgotten,
// by one goroutine for each depth. Watch the collections with
//
//	GODEBUG=gctrace=1 tern run examples/binarytrees.go 16
//
// Usage: binarytrees [DEPTH]
package main

import (
	"fmt"
	"os"
	"strconv"
	"sync"
)

// minDepth is the depth of the smallest trees.
const minDepth = 4

// tree is one node; leaves have two nil children.
type tree struct {
	left, right *tree
}

// bottomUp builds a complete tree of the given depth.
func bottomUp(depth int) *tree {
	if depth <= 0 {
		return &tree{}
	}
	return &tree{bottomUp(depth - 1), bottomUp(depth - 1)}
}

// count returns the number of nodes.
func (t *tree) count() int {
	if t.left == nil {
		return 1
	}
	return 1 + t.left.count() + t.right.count()
}

// depth returns the length of the longest path.
func (t *tree) depth() int {
	if t == nil {
		return -1
	}
	return 1 + max(t.left.depth(), t.right.depth())
}

// mirror exchanges left and right everywhere: many pointer stores.
func (t *tree) mirror() {
	if t == nil {
		return
	}
	t.left, t.right = t.right, t.left
	t.left.mirror()
	t.right.mirror()
}

// report is what the goroutine for one depth found out.
type report struct {
	trees, depth, nodes int
}

// run builds and counts a number of trees of one depth.
func run(trees, depth int) report {
	nodes := 0
	for range trees {
		nodes += bottomUp(depth).count()
	}
	return report{trees, depth, nodes}
}

func main() {
	n := 14
	if len(os.Args) > 1 {
		if v, err := strconv.Atoi(os.Args[1]); err == nil {
			n = v
		}
	}
	maxDepth := max(minDepth+2, n)

	stretch := bottomUp(maxDepth + 1)
	fmt.Printf("stretch tree of depth %d\t nodes: %d\n", maxDepth+1, stretch.count())
	stretch = nil

	longLived := bottomUp(maxDepth)

	// One goroutine for each depth; the reports are printed in order.
	reports := make([]report, (maxDepth-minDepth)/2+1)
	var wg sync.WaitGroup
	for i := range reports {
		depth := minDepth + 2*i
		trees := 1 << (maxDepth - depth + minDepth)
		wg.Add(1)
		go func() {
			defer wg.Done()
			reports[i] = run(trees, depth)
		}()
	}
	wg.Wait()
	for _, r := range reports {
		fmt.Printf("%d\t trees of depth %d\t nodes: %d\n", r.trees, r.depth, r.nodes)
	}

	longLived.mirror()
	fmt.Printf("long lived tree of depth %d\t nodes: %d\n", longLived.depth(), longLived.count())
}
