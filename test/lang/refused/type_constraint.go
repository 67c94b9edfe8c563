// tern-only
// Interfaces with type sets belong to generics.
package main

type Number interface {
	int | float64 // refused: constraint
}

func main() {}
