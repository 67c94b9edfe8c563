// A closed channel gives what it holds, then zero values for ever.
package main

import "fmt"

func main() {
	c := make(chan string, 2)
	c <- "last"
	close(c)
	fmt.Println(<-c) // expect: last
	for range 3 {
		v, ok := <-c
		fmt.Printf("%q %v\n", v, ok)
	}
	// expect: "" false
	// expect: "" false
	// expect: "" false
	u := make(chan int)
	done := make(chan bool)
	for range 3 {
		go func() {
			_, ok := <-u
			done <- ok
		}()
	}
	close(u)
	fmt.Println(<-done, <-done, <-done) // expect: false false false
	for range u {
		fmt.Println("never")
	}
}
