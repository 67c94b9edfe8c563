// A nil pointer to something large: the offset is past the guard page.
// panic: runtime error: invalid memory address or nil pointer dereference [recovered]
// stderr: panic: runtime error: invalid memory address or nil pointer dereference
package main

import "fmt"

type huge struct {
	pad [1 << 20]byte
	v   int
}

func get(h *huge) int { return h.v }

func main() {
	var h *huge
	defer func() {
		fmt.Println(recover())
		var a *[1 << 20]int
		fmt.Println(len(a))
		i := 1 << 19
		fmt.Println(a[i])
	}()
	fmt.Println(get(h))
	// expect: runtime error: invalid memory address or nil pointer dereference
	// expect: 1048576
}
