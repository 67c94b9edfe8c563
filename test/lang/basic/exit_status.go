// os.Exit ends at once, with its status, and runs no deferred call.
// exit: 3
package main

import (
	"fmt"
	"os"
)

func main() {
	defer fmt.Println("never printed")
	fmt.Println("before") // expect: before
	os.Exit(3)
}
