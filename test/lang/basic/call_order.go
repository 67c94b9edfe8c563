// Function calls, method calls and receives happen in lexical left-to-right order.
package main

import "fmt"

type T struct{ n int }

func (t T) add(k int) T {
	fmt.Println("add", t.n, k)
	return T{t.n + k}
}

func f(n int) int {
	fmt.Println("f", n)
	return n
}

func g() (int, int) {
	fmt.Println("g")
	return 1, 2
}

func three(a, b, c int) int { return a*100 + b*10 + c }

func two(a, b int) int { return a*10 + b }

func main() {
	fmt.Println(three(f(1), f(2), f(3)))
	// expect: f 1
	// expect: f 2
	// expect: f 3
	// expect: 123
	fmt.Println(f(4) + f(5)*f(6) - f(7))
	// expect: f 4
	// expect: f 5
	// expect: f 6
	// expect: f 7
	// expect: 27
	fmt.Println(T{1}.add(f(2)).add(f(3)).n)
	// expect: f 2
	// expect: add 1 2
	// expect: f 3
	// expect: add 3 3
	// expect: 6
	fmt.Println(two(g()))
	// expect: g
	// expect: 12
	arr := [...]int{f(1), f(2)}
	// expect: f 1
	// expect: f 2
	fmt.Println(arr) // expect: [1 2]
	m := map[int]int{f(3): f(4)}
	// expect: f 3
	// expect: f 4
	fmt.Println(m) // expect: map[3:4]
	fmt.Println(f(0) == 1 && f(9) == 9, f(1) == 1 || f(8) == 8)
	// expect: f 0
	// expect: f 1
	// expect: false true
	s := []int{10, 20, 30}
	fmt.Println(s[f(1)], s[f(0):f(2)])
	// expect: f 1
	// expect: f 0
	// expect: f 2
	// expect: 20 [10 20]
}
