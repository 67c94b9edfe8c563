package main

import (
	"fmt"
	"strings"
)

func main() {
	fmt.Println(x)   // error: undefined: x
	y = 5            // error: undefined: y
	z()              // error: undefined: z
	var t Missing    // error: undefined: Missing
	fmt.Printn("a")  // error: undefined: fmt.Printn
	strings.Foo("x") // error: undefined: strings.Foo
	_ = t
}
