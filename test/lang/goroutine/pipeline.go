// Stages joined by channels; every value passes in order.
package main

import "fmt"

func gen(n int) <-chan int {
	c := make(chan int)
	go func() {
		defer close(c)
		for i := range n {
			c <- i
		}
	}()
	return c
}

func mapc(in <-chan int, f func(int) int) <-chan int {
	out := make(chan int, 4)
	go func() {
		for v := range in {
			out <- f(v)
		}
		close(out)
	}()
	return out
}

func main() {
	c := mapc(mapc(gen(10), func(n int) int { return n * n }), func(n int) int { return n + 1 })
	for v := range c {
		fmt.Println(v)
	}
	// expect: 1
	// expect: 2
	// expect: 5
	// expect: 10
	// expect: 17
	// expect: 26
	// expect: 37
	// expect: 50
	// expect: 65
	// expect: 82
	sum := 0
	stage := gen(1000)
	for i := range 50 {
		stage = mapc(stage, func(n int) int { return n + i })
	}
	for v := range stage {
		sum += v
	}
	fmt.Println(sum) // expect: 1724500
}
