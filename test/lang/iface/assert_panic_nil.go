// Assertion on a nil interface.
package main

import "fmt"

func main() {
	var e error
	_, ok := e.(interface{ Timeout() bool })
	fmt.Println(ok)               // expect: false
	fmt.Println(e.(fmt.Stringer)) // panic: interface conversion: interface is nil, not fmt.Stringer
}
