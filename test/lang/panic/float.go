// A float is shown in the format of println.
package main

func main() {
	panic(1.5) // panic: +1.500000e+000
}
