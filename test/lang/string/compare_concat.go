// Comparison is by bytes; concatenation makes new strings.
package main

import (
	"fmt"
	"strings"
)

func main() {
	a, b := "apple", "banana"
	fmt.Println(a < b, a > b, a == "app"+"le", a != b, a <= a, "Z" < "a", "" < "a", "a" < "aa") // expect: true false true true true true true true
	fmt.Println("é" > "z", "\xff" > "世")                                                        // expect: true true
	s := ""
	for i := range 5 {
		s += string(rune('a'+i)) + "-"
	}
	fmt.Println(s, len(s)) // expect: a-b-c-d-e- 10
	t := s
	s += "end"
	fmt.Println(t, s) // expect: a-b-c-d-e- a-b-c-d-e-end
	x := a + b + s + "1" + "2"
	fmt.Println(x)                                       // expect: applebananaa-b-c-d-e-end12
	fmt.Println(a[:3]+a[3:] == a, strings.Compare(a, b)) // expect: true -1
	z := "a\x00b"
	fmt.Println(len(z), z == "a\x00b", z < "a\x00c", z[2:]) // expect: 3 true true b
}
