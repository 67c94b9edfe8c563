// A panic that was recovered and raised again.
// panic: first [recovered]
// stderr: panic: again first
package main

import "fmt"

func main() {
	defer func() {
		e := recover()
		panic(fmt.Sprint("again ", e))
	}()
	panic("first")
}
