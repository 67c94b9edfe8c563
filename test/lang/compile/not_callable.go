package main

type T struct{ f int }

func main() {
	x := 5
	x()     // error: invalid operation: cannot call non-function x (variable of type int)
	"abc"() // error: invalid operation: cannot call non-function "abc" (untyped string constant)
	var t T
	t.f()      // error: invalid operation: cannot call non-function t.f (variable of type int)
	T()        // error: missing argument in conversion to T
	main().x() // error: main() (no value) used as value or type
}
