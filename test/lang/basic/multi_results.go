// Several results, named results, a bare return, results passed on.
package main

import "fmt"

func divmod(a, b int) (q, r int) {
	q = a / b
	r = a % b
	return
}

func swap(a, b string) (string, string) { return b, a }

func join(parts ...string) string {
	s := ""
	for _, p := range parts {
		s += "[" + p + "]"
	}
	return s
}

func named() (n int, err error) {
	n, err = 3, fmt.Errorf("e%d", 1)
	if n > 2 {
		n := 100
		_ = n
	}
	return n * 2, err
}

func main() {
	q, r := divmod(17, 5)
	fmt.Println(q, r)                        // expect: 3 2
	fmt.Println(divmod(-17, 5))              // expect: -3 -2
	fmt.Println(swap("a", "b"))              // expect: b a
	fmt.Println(join(swap("x", "y")))        // expect: [y][x]
	fmt.Println(join())                      // expect:
	fmt.Println(join([]string{"p", "q"}...)) // expect: [p][q]
	n, err := named()
	fmt.Println(n, err) // expect: 6 e1
	_, r = divmod(9, 4)
	fmt.Println(r) // expect: 1
}
