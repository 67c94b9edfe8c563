// After a recovery the caller of the recovered function goes on.
package main

import "fmt"

func risky(n int) (res int) {
	defer func() {
		if e := recover(); e != nil {
			res = -n
		}
	}()
	if n%2 == 1 {
		var m map[int]int
		m[n] = 1
	}
	return n
}

func deep(n int) {
	defer func() {
		if n%10 == 0 {
			fmt.Println("unwinding", n)
		}
	}()
	if n == 50 {
		panic("bottom")
	}
	deep(n + 1)
}

func main() {
	total := 0
	for i := range 10 {
		total += risky(i)
	}
	fmt.Println(total) // expect: -5
	func() {
		defer func() { fmt.Println("got", recover()) }()
		deep(1)
	}()
	// expect: unwinding 50
	// expect: unwinding 40
	// expect: unwinding 30
	// expect: unwinding 20
	// expect: unwinding 10
	// expect: got bottom
	x, kept := 5, "kept"
	func() {
		defer func() { recover() }()
		x = 6
		kept += "!"
		panic(nil)
	}()
	fmt.Println(x, kept) // expect: 6 kept!
}
