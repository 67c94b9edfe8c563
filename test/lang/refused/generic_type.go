// tern-only
// Generics are not part of the language.
package main

type List[T any] struct { // refused: not supported
	next *List[T]
}

func main() {}
