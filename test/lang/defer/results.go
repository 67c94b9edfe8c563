// Deferred functions see and change named results, after return has set them.
package main

import "fmt"

func a() (n int) {
	defer func() { n++ }()
	return 41
}

func b() int {
	n := 1
	defer func() { n = 100 }()
	return n
}

func c() (n int, err error) {
	defer func() {
		if e := recover(); e != nil {
			err = fmt.Errorf("caught: %v", e)
		}
	}()
	n = 7
	panic("trouble")
}

func d() (s string) {
	defer func() { s += "3" }()
	defer func() { s += "2" }()
	s = "0"
	return s + "1"
}

func e() (x *int) {
	defer func() { *x = 9 }()
	y := 5
	return &y
}

func f() (x, y int) {
	defer func() { x, y = y, x }()
	x, y = 1, 2
	return y, x + 10
}

func main() {
	fmt.Println(a(), b())  // expect: 42 1
	fmt.Println(c())       // expect: 7 caught: trouble
	fmt.Println(d(), *e()) // expect: 0123 9
	fmt.Println(f())       // expect: 11 2
}
