// The built-ins print and println write to standard error.
// stderr: to stderr 1 true 120 -7
// stderr: a1
// stderr: +1.500000e+000 +1.000000e+002
package main

import "fmt"

func main() {
	println("to", "stderr", 1, true, 'x', -7)
	print("a", 1, "\n")
	println(1.5, 100.0)
	println()
	fmt.Println("to stdout") // expect: to stdout
}
