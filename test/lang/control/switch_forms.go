// Expression switches: lists, no tag, init, fallthrough, default anywhere, evaluation order.
package main

import "fmt"

func f(n int) int {
	fmt.Println("f", n)
	return n
}

func classify(n int) string {
	switch {
	case n < 0:
		return "negative"
	case n == 0:
		return "zero"
	case n < 10 && n%2 == 0:
		return "small even"
	}
	return "other"
}

func main() {
	for i := range 7 {
		switch i {
		case 0, 1:
			fmt.Println("0 or 1")
		default:
			fmt.Println("default", i)
		case 2:
			fmt.Println("two")
			fallthrough
		case 3:
			fmt.Println("three or fallen")
		case 4:
			if i == 4 {
				break
			}
			fmt.Println("never")
		case 5:
		}
	}
	// expect: 0 or 1
	// expect: 0 or 1
	// expect: two
	// expect: three or fallen
	// expect: three or fallen
	// expect: default 6
	fmt.Println(classify(-1), classify(0), classify(4), classify(11)) // expect: negative zero small even other
	switch f(2) {
	case f(1), f(2), f(3):
		fmt.Println("hit")
	case f(4):
	}
	// expect: f 2
	// expect: f 1
	// expect: f 2
	// expect: hit
	switch x := f(5); {
	case x > 4:
		fmt.Println("big")
	}
	// expect: f 5
	// expect: big
	switch x, y := 1, 2; x + y {
	case 3:
		x := "shadow"
		fmt.Println(x)
	}
	// expect: shadow
	switch s := "b"; s {
	case "a", "b", "c":
		fmt.Println("letter")
	}
	// expect: letter
	switch any(3.0) {
	case 3:
		fmt.Println("wrong type")
	case 3.0:
		fmt.Println("float")
	}
	// expect: float
	switch {
	default:
		fmt.Println("only default")
	}
	// expect: only default
	switch true {
	case false:
	case 1 < 2:
		fmt.Println("bool tag")
	}
	// expect: bool tag
	type p struct{ a, b int }
	switch (p{1, 2}) {
	case p{2, 1}:
	case p{1, 2}:
		fmt.Println("struct tag")
	}
	// expect: struct tag
	switch f(1); f(2) {
	}
	// expect: f 1
	// expect: f 2
	switch e := error(nil); e {
	case nil:
		fmt.Println("nil error")
	}
	// expect: nil error
}
