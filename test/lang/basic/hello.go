// The smallest program.
package main

import "fmt"

func main() {
	fmt.Println("hello, world") // expect: hello, world
}
