// select without cases blocks for ever.
// fatal: all goroutines are asleep - deadlock!
package main

func main() {
	select {}
}
