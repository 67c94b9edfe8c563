// The smallest program that prints: what it takes to start and to end. The
// bench runner also times `tern run` on it, compiler included.
package main

import "fmt"

func main() {
	fmt.Println("hello, world")
}
