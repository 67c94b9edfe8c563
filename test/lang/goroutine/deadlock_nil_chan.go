// A nil channel blocks for ever.
// fatal: all goroutines are asleep - deadlock!
package main

func main() {
	var c chan string
	c <- "x"
}
