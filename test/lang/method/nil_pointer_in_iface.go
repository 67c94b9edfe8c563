// A value method called through an interface that holds a nil pointer has a message of its own.
package main

import (
	"fmt"
	"runtime"
)

type T struct{ a int }

func (t T) M() int { return t.a }

type I interface{ M() int }

func main() {
	defer func() {
		e := recover()
		fmt.Println(e)
		_, isRuntime := e.(runtime.Error)
		fmt.Println(isRuntime)
	}()
	var p *T
	var i I = p
	i.M()
	// expect: runtime error: invalid memory address or nil pointer dereference
	// expect: true
}
