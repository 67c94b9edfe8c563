// default, ready cases, send cases, comma-ok.
package main

import "fmt"

func main() {
	c := make(chan int, 1)
	select {
	case v := <-c:
		fmt.Println(v)
	default:
		fmt.Println("empty")
	}
	// expect: empty
	select {
	case c <- 5:
		fmt.Println("sent")
	default:
		fmt.Println("full")
	}
	// expect: sent
	select {
	case c <- 6:
		fmt.Println("sent")
	default:
		fmt.Println("full")
	}
	// expect: full
	select {
	case v, ok := <-c:
		fmt.Println(v, ok)
	}
	// expect: 5 true
	close(c)
	select {
	case v, ok := <-c:
		fmt.Println(v, ok)
	default:
		fmt.Println("wrong")
	}
	// expect: 0 false
	var n chan int
	select {
	case <-n:
		fmt.Println("wrong")
	case n <- 1:
		fmt.Println("wrong")
	default:
		fmt.Println("nil channels are never ready")
	}
	// expect: nil channels are never ready
	var x int
	var ok bool
	a := []int{0, 0}
	d := make(chan int, 2)
	d <- 8
	d <- 9
	select {
	case x, ok = <-d:
	}
	select {
	case a[1] = <-d:
	}
	fmt.Println(x, ok, a) // expect: 8 true [0 9]
	select {
	default:
	}
}
