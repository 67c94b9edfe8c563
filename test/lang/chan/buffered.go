// A buffered channel is a queue; len and cap tell its state.
package main

import "fmt"

func main() {
	c := make(chan int, 3)
	c <- 1
	c <- 2
	fmt.Println(len(c), cap(c)) // expect: 2 3
	fmt.Println(<-c, len(c))    // expect: 1 1
	c <- 3
	c <- 4
	close(c)
	for v := range c {
		fmt.Println(v)
	}
	// expect: 2
	// expect: 3
	// expect: 4
	v, ok := <-c
	fmt.Println(v, ok, len(c), cap(c)) // expect: 0 false 0 3
	s := make(chan string, 1)
	s <- "x"
	str, ok := <-s
	fmt.Println(str, ok) // expect: x true
	type big struct{ a [20]int }
	b := make(chan big, 2)
	x := big{}
	x.a[19] = 7
	b <- x
	x.a[19] = 8
	fmt.Println((<-b).a[19]) // expect: 7
	e := make(chan struct{}, 5)
	e <- struct{}{}
	fmt.Println(len(e)) // expect: 1
	var n chan int
	fmt.Println(len(n), cap(n), n == nil) // expect: 0 0 true
	n0 := make(chan int, 0)
	fmt.Println(cap(n0)) // expect: 0
}
