// A panic in a deferred call replaces the first; the remaining deferred calls still run.
package main

import "fmt"

func f() {
	defer func() { fmt.Println("recovered", recover()) }()
	defer func() { panic("second") }()
	defer func() { fmt.Println("runs before the second panic") }()
	panic("first")
}

func g() {
	defer func() { fmt.Println("outer", recover()) }()
	defer func() {
		defer func() { fmt.Println("inner", recover()) }()
		panic("in deferred")
	}()
	panic("original")
}

func h() {
	defer func() { fmt.Println("h", recover()) }()
	defer func() {
		fmt.Println("re-panic", recover())
		panic("again")
	}()
	panic("once")
}

func main() {
	f()
	// expect: runs before the second panic
	// expect: recovered second
	g()
	// expect: inner in deferred
	// expect: outer original
	h()
	// expect: re-panic once
	// expect: h again
	fmt.Println("done") // expect: done
}
