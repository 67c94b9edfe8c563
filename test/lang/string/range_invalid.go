// Ranging over bytes that are not UTF-8 gives U+FFFD, one byte at a time.
package main

import "fmt"

func main() {
	for i, r := range "a\xffb\xc0\x80\xe4\xb8z\xed\xa0\x80\xf4\x90\x80\x80" {
		fmt.Printf("%d:%x ", i, r)
	}
	fmt.Println()
	// expect: 0:61 1:fffd 2:62 3:fffd 4:fffd 5:fffd 6:fffd 7:7a 8:fffd 9:fffd 10:fffd 11:fffd 12:fffd 13:fffd 14:fffd
	for i := range "é\xe9世" {
		fmt.Print(i, " ")
	}
	fmt.Println() // expect: 0 2 3
	n := 0
	for range "日本\xf0\x9f" {
		n++
	}
	fmt.Println(n) // expect: 4
	for _, r := range "\ufffd" {
		fmt.Println(r)
	}
	// expect: 65533
	s := "xyz"
	for i, c := range s {
		s = "changed"
		fmt.Println(i, string(c))
	}
	// expect: 0 x
	// expect: 1 y
	// expect: 2 z
	fmt.Println(s) // expect: changed
}
