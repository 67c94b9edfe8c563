package main

import "fmt"

func main() {
	fmt.println("x")      // error: undefined: fmt.println
	_ = strings.builder{} // error: undefined: strings
	fmt.Println(math.pi)  // error: undefined: math
}
