// A panic in an init function, before main.
package main

import "fmt"

func init() {
	panic("too early") // panic: too early
}

func main() {
	fmt.Println("never")
}
