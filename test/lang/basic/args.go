// os.Args holds the program and its arguments.
// args: one two 3
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println(len(os.Args), os.Args[1:]) // expect: 4 [one two 3]
	n := 0
	for _, a := range os.Args[1:] {
		n += len(a)
	}
	fmt.Println(n) // expect: 7
}
