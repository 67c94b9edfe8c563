// Comparing interfaces that hold a type without equality panics.
package main

import "fmt"

type s struct{ m []int }

func main() {
	var a, b any = s{}, 5
	fmt.Println(a == b) // expect: false
	b = s{}
	fmt.Println(a == b) // panic: runtime error: comparing uncomparable type main.s
}
