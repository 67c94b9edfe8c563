// Two panics at once: both are shown.
// panic: first
// stderr: panic: second
package main

func main() {
	defer func() {
		panic("second")
	}()
	panic("first")
}
