// A nil function may be deferred; it panics when it would run.
package main

import "fmt"

func main() {
	defer func() {
		fmt.Println("recovered", recover() != nil)
	}()
	var f func()
	defer f()
	fmt.Println("body runs")
	// expect: body runs
	// expect: recovered true
}
