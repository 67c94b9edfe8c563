// A panic in any goroutine ends the whole program.
package main

func main() {
	done := make(chan int)
	go func() {
		panic("in a goroutine") // panic: in a goroutine
	}()
	<-done
}
