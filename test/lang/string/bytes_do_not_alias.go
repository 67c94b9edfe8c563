// A string never changes when the bytes it came from do.
package main

import "fmt"

func main() {
	b := []byte("hello")
	s := string(b)
	b[0] = 'J'
	fmt.Println(s, string(b)) // expect: hello Jello
	m := map[string]int{string(b): 1}
	b[0] = 'X'
	fmt.Println(m["Jello"], m[string(b)]) // expect: 1 0
	b[0] = 'J'
	fmt.Println(m[string(b)]) // expect: 1
	sub := s[1:3]
	s = "other"
	fmt.Println(sub, s) // expect: el other
	c := []byte(sub)
	c = append(c, '!')
	fmt.Println(sub, string(c)) // expect: el el!
	switch string(b) {
	case "Jello":
		fmt.Println("matched")
	}
	// expect: matched
	for i, x := range []byte("ab") {
		fmt.Println(i, x)
	}
	// expect: 0 97
	// expect: 1 98
	if string(b) == "Jello" && string(b[1:]) < "f" {
		fmt.Println("compared")
	}
	// expect: compared
}
