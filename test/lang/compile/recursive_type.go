package main

type T struct { // error: invalid recursive type: T refers to itself
	a int
	t T
}

type A [2]A // error: invalid recursive type: A refers to itself

type X struct{ y Y } // error: invalid recursive type X
type Y struct{ x X }

type I interface{ I } // error: invalid recursive type: I refers to itself

type ok struct{ next *ok }

func main() {}
