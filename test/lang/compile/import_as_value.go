package main

import "fmt"

func main() {
	_ = fmt // error: use of package fmt not in selector
	fmt.Println("x")
	x := fmt.Println
	_ = x + 1         // error: cannot convert 1 (untyped int constant) to type func(a ...any) (n int, err error)
	var t fmt.Missing // error: undefined: fmt.Missing
	_ = t
}
