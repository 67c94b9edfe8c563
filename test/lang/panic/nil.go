// panic(nil) is a run-time error of its own since Go 1.21.
// panic: nil [recovered]
// stderr: panic: nil
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
	// expect: <nil>
	// expect: false <nil>
}
