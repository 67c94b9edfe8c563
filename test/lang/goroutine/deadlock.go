// All goroutines asleep.
// fatal: all goroutines are asleep - deadlock!
package main

import "fmt"

func main() {
	c := make(chan int)
	fmt.Println("waiting") // expect: waiting
	<-c
}
