// Integer remainder by zero panics, and can be recovered.
package main

import "fmt"

func try(f func() int) (n int, s string) {
	defer func() {
		if e := recover(); e != nil {
			s = fmt.Sprint(e)
		}
	}()
	return f(), "fine"
}

func main() {
	var z int
	var z8 int8
	var u uint64
	fmt.Println(try(func() int { return 5 % z }))               // expect: 0 runtime error: integer divide by zero
	fmt.Println(try(func() int { return int(5 / z8) }))         // expect: 0 runtime error: integer divide by zero
	fmt.Println(try(func() int { return int(7 % u) }))          // expect: 0 runtime error: integer divide by zero
	fmt.Println(try(func() int { z8 = 2; return int(5 / z8) })) // expect: 2 fine
	f := 0.0
	fmt.Println(1/f, -1/f, f/f) // expect: +Inf -Inf NaN
	_, _ = u, z
}
