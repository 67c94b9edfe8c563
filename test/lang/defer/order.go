// Deferred calls run last in, first out; arguments are evaluated at the defer statement.
package main

import "fmt"

func trace(s string) string {
	fmt.Println("enter", s)
	return s
}

func un(s string) { fmt.Println("leave", s) }

func work() {
	defer un(trace("work"))
	fmt.Println("working")
}

func loop() {
	for i := range 3 {
		defer fmt.Println("loop", i)
	}
	fmt.Println("loop body done")
}

func cond(b bool) {
	if b {
		defer fmt.Println("conditional")
	}
	defer func() { fmt.Println("always") }()
	if !b {
		return
	}
	fmt.Println("end of cond")
}

type T struct{ n int }

func (t T) show(s string) { fmt.Println(s, t.n) }

func main() {
	work()
	// expect: enter work
	// expect: working
	// expect: leave work
	loop()
	// expect: loop body done
	// expect: loop 2
	// expect: loop 1
	// expect: loop 0
	cond(true)
	// expect: end of cond
	// expect: always
	// expect: conditional
	cond(false) // expect: always
	func() {
		x := 1
		defer fmt.Println("argument", x)
		defer func() { fmt.Println("captured", x) }()
		x = 2
	}()
	// expect: captured 2
	// expect: argument 1
	func() {
		t := T{1}
		defer t.show("value receiver")
		p := &t
		defer p.show("through pointer")
		t.n = 5
	}()
	// expect: through pointer 1
	// expect: value receiver 1
	func() {
		f := func() { fmt.Println("first function") }
		defer f()
		f = func() { fmt.Println("second function") }
	}()
	// expect: first function
	func() {
		for i := 0; i < 1000; i++ {
			defer func() {
				if i%250 == 0 {
					fmt.Println("many", i)
				}
			}()
		}
	}()
	// expect: many 750
	// expect: many 500
	// expect: many 250
	// expect: many 0
}
