// panic(nil) is a run-time error of its own since Go 1.21.
// panic: panic called with nil argument [recovered]
// stderr: panic: panic called with nil argument
package main

import "fmt"

func main() {
	defer func() {
		e := recover()
		fmt.Println(e)
		err, ok := e.(error)
		fmt.Println(ok, err)
		panic(nil)
	}()
	panic(nil)
	// expect: panic called with nil argument
	// expect: true panic called with nil argument
}
