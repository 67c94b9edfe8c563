// Channels convert to one direction; channels of channels; channels of functions.
package main

import "fmt"

func producer(out chan<- int, n int) {
	for i := range n {
		out <- i
	}
	close(out)
}

func consumer(in <-chan int) (sum int) {
	for v := range in {
		sum += v
	}
	return
}

type request struct {
	n     int
	reply chan int
}

func main() {
	c := make(chan int)
	go producer(c, 10)
	fmt.Println(consumer(c)) // expect: 45
	reqs := make(chan request)
	go func() {
		for r := range reqs {
			r.reply <- r.n * r.n
		}
	}()
	for i := range 3 {
		r := request{i + 10, make(chan int)}
		reqs <- r
		fmt.Println(<-r.reply)
	}
	// expect: 100
	// expect: 121
	// expect: 144
	cc := make(chan chan string, 1)
	inner := make(chan string, 1)
	cc <- inner
	inner <- "through two"
	fmt.Println(<-<-cc) // expect: through two
	fs := make(chan func() int, 2)
	fs <- func() int { return 5 }
	fmt.Println((<-fs)()) // expect: 5
	var ro <-chan int = c
	var so chan<- int = c
	fmt.Println(ro == c, so == c, cap(ro)) // expect: true true 0
	fmt.Printf("%T %T %T\n", ro, so, cc)   // expect: <-chan int chan<- int chan chan string
}
