// A wrong assertion to a concrete type.
package main

import "fmt"

func main() {
	var a any = "text"
	fmt.Println(a.(string)) // expect: text
	fmt.Println(a.(int))    // panic: interface conversion: interface {} is string, not int
}
