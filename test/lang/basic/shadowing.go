// An inner declaration hides the outer one until its block ends.
package main

import "fmt"

var x = "package"

func f() string { return x }

func main() {
	fmt.Println(x) // expect: package
	x := 1
	fmt.Println(x) // expect: 1
	{
		x := x + 1
		fmt.Println(x)
		x = 10
	}
	// expect: 2
	fmt.Println(x, f()) // expect: 1 package
	if x := "if"; x != "" {
		fmt.Println(x)
		x := 2.5
		fmt.Println(x)
	}
	// expect: if
	// expect: 2.5
	for x := 0; x < 2; x++ {
		x := x * 10
		fmt.Println(x)
	}
	// expect: 0
	// expect: 10
	len := func(s string) int { return 42 }
	fmt.Println(len("abc")) // expect: 42
	true := false
	fmt.Println(true) // expect: false
	type int string
	var s int = "an int"
	fmt.Println(s) // expect: an int
	nil := 3
	fmt.Println(nil) // expect: 3
}
