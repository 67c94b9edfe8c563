// tern-only
// Complex numbers are not part of the language.
package main

func main() {
	x := 2i // refused: complex
	_ = x
}
