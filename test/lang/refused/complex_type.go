// tern-only
// Complex numbers are not part of the language.
package main

func main() {
	var c complex128 // refused: complex
	_ = c
}
