// debug.SetMaxStack: a goroutine that needs more ends the program.
// exit: 2
// stderr: runtime: goroutine stack exceeds 67108864-byte limit
package main

import (
	"fmt"
	"runtime/debug"
)

func deep(n int) int {
	if n == 0 {
		return 0
	}
	return deep(n-1) + 1
}

func main() {
	fmt.Println(debug.SetMaxStack(64 << 20)) // expect: 1000000000
	fmt.Println(deep(100000))                // expect: 100000
	fmt.Println(deep(100000000))             // fatal: stack overflow
}
