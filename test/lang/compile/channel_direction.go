package main

func main() {
	r := make(<-chan int)
	s := make(chan<- int)
	r <- 1             // error: invalid operation: cannot send to receive-only channel r (variable of type <-chan int)
	<-s                // error: invalid operation: cannot receive from send-only channel s (variable of type chan<- int)
	close(r)           // error: invalid operation: cannot close receive-only channel r (variable of type <-chan int)
	var c chan int = r // error: cannot use r (variable of type <-chan int) as chan int value in variable declaration
	n := 5
	<-n      // error: invalid operation: cannot receive from non-channel n (variable of type int)
	n <- 1   // error: invalid operation: cannot send to non-channel n (variable of type int)
	s <- "x" // error: cannot use "x" (untyped string constant) as int value in send
	_ = c
	select {
	case n: // error: select case must be send or receive (possibly with assignment)
	}
}
