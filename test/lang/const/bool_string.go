// Constant booleans and strings.
package main

import "fmt"

const (
	hello = "hello, " + "world"
	short = len(hello) < 10
	lt    = "abc" < "abd"
	both  = short || lt && !short
	nl    = "a\nb"
)

func main() {
	fmt.Println(hello, len(hello), short, lt, both) // expect: hello, world 12 false true true
	fmt.Println(hello[4], hello[7:], hello[:5]+nl[1:])
	// expect: 111 world hello
	// expect: b
	const c = "日本語"
	fmt.Println(len(c), []rune(c)[1], string([]rune(c)[2])) // expect: 9 26412 語
	switch {
	case hello > "h":
		fmt.Println("greater")
	}
	// expect: greater
	var b bool = lt
	type mybool bool
	var m mybool = lt == true
	fmt.Println(b, m) // expect: true true
}
