// tern-only
// Range over functions came after Go 1.22.
package main

func seq(yield func(int) bool) { yield(1) }

func main() {
	for x := range seq { // refused: range over
		_ = x
	}
}
