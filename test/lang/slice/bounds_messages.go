// The message for each kind of bad bound.
package main

import "fmt"

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	s := make([]int, 3, 6)
	a := [4]int{}
	str := "hello"
	n, neg, five, nine := 2, -1, 5, 9
	var u8 uint8 = 200
	var big uint64 = 1 << 63
	try(func() { _ = s[five] }) // expect: runtime error: index out of range [5] with length 3
	try(func() { _ = s[neg] })  // expect: runtime error: index out of range [-1]
	try(func() { _ = s[u8] })   // expect: runtime error: index out of range [200] with length 3
	try(func() { _ = s[big] })
	// expect: runtime error: index out of range [9223372036854775808] with length 3
	try(func() { _ = a[five] })   // expect: runtime error: index out of range [5] with length 4
	try(func() { _ = str[nine] }) // expect: runtime error: index out of range [9] with length 5
	try(func() { _ = s[five:n] }) // expect: runtime error: slice bounds out of range [5:2]
	try(func() { _ = s[:nine] })
	// expect: runtime error: slice bounds out of range [:9] with capacity 6
	try(func() { _ = s[neg:] })     // expect: runtime error: slice bounds out of range [-1:]
	try(func() { _ = s[:neg] })     // expect: runtime error: slice bounds out of range [:-1]
	try(func() { _ = a[nine:] })    // expect: runtime error: slice bounds out of range [9:4]
	try(func() { _ = a[:nine] })    // expect: runtime error: slice bounds out of range [:9] with length 4
	try(func() { _ = a[five:n] })   // expect: runtime error: slice bounds out of range [5:2]
	try(func() { _ = str[nine:] })  // expect: runtime error: slice bounds out of range [9:5]
	try(func() { _ = str[:nine] })  // expect: runtime error: slice bounds out of range [:9] with length 5
	try(func() { _ = str[five:n] }) // expect: runtime error: slice bounds out of range [5:2]
}
