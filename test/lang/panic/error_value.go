// An error is shown through its Error method.
package main

import "fmt"

type oops struct{ code int }

func (o oops) Error() string { return fmt.Sprintf("oops %d", o.code) }

func main() {
	panic(oops{42}) // panic: oops 42
}
