// Endless recursion is a fatal error that cannot be recovered.
// fatal: stack overflow
// except all a gigabyte of stack each time, and nothing that the collector changes
// except thread a gigabyte of stack has four of shadow; runtime/max_stack.go overflows a smaller one
// except address the same
package main

import "fmt"

func f(n int) int {
	if n < 0 {
		return 0
	}
	return f(n+1) + 1
}

func main() {
	defer func() { recover() }()
	fmt.Println("start") // expect: start
	fmt.Println(f(0))
}
