// tern-only
// Generics are not part of the language.
package main

func Map[T any](s []T) []T { // refused: generic
	return s
}

func main() {}
