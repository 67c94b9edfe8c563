// Strings are bytes; length and index count bytes.
package main

import (
	"fmt"
	"unicode/utf8"
)

func main() {
	s := "aé世\U0001F600"
	fmt.Println(len(s), s[0], s[1], s[2]) // expect: 10 97 195 169
	for i := 0; i < len(s); i++ {
		fmt.Printf("%02x ", s[i])
	}
	fmt.Println() // expect: 61 c3 a9 e4 b8 96 f0 9f 98 80
	for i, r := range s {
		fmt.Println(i, r, string(r))
	}
	// expect: 0 97 a
	// expect: 1 233 é
	// expect: 3 19990 世
	// expect: 6 128512 😀
	fmt.Println(len([]rune(s)), utf8.RuneCountInString(s)) // expect: 4 4
	b := s[0]
	fmt.Printf("%T %c\n", b, b) // expect: uint8 a
	var empty string
	fmt.Println(empty == "", len(empty)) // expect: true 0
}
