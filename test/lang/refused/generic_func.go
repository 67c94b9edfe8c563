// tern-only
// Generics are not part of the language.
package main

func Map[T any](s []T) []T { // refused: not supported
	return s
}

func main() {}
