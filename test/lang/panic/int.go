// Basic values are shown with their type.
package main

func main() {
	panic(42) // panic: 42
}
