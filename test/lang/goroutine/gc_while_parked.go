// What only a parked goroutine's stack refers to survives collections.
package main

import (
	"fmt"
	"runtime"
)

type node struct {
	next *node
	val  int
}

func build(n int) *node {
	var head *node
	for i := range n {
		head = &node{head, i}
	}
	return head
}

func main() {
	start := make(chan bool)
	sums := make(chan int)
	for i := range 50 {
		go func() {
			list := build(100 + i)
			inner := &list.next.val
			<-start
			s := *inner
			for ; list != nil; list = list.next {
				s += list.val
			}
			sums <- s
		}()
	}
	var garbage [][]byte
	for i := range 20 {
		garbage = append(garbage[:i%5], make([]byte, 100000))
		build(10000)
		runtime.GC()
	}
	close(start)
	total := 0
	for range 50 {
		total += <-sums
	}
	fmt.Println(total, len(garbage) > 0) // expect: 395725 true
}
