// A panic that nobody recovers ends the program with status 2.
package main

import "fmt"

func main() {
	fmt.Println("before") // expect: before
	defer fmt.Println("deferred calls run")
	panic("out of cheese") // expect: deferred calls run // panic: out of cheese
}
