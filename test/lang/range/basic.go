// range over every kind of thing.
package main

import "fmt"

func main() {
	for i, v := range []string{"a", "b"} {
		fmt.Println(i, v)
	}
	// expect: 0 a
	// expect: 1 b
	for i := range [3]int{} {
		fmt.Print(i, " ")
	}
	fmt.Println() // expect: 0 1 2
	arr := &[2]string{"x", "y"}
	for i, v := range arr {
		fmt.Println(i, v)
	}
	// expect: 0 x
	// expect: 1 y
	for i, c := range "hé!" {
		fmt.Println(i, c)
	}
	// expect: 0 104
	// expect: 1 233
	// expect: 3 33
	m := map[string]int{"only": 1}
	for k, v := range m {
		fmt.Println(k, v)
	}
	// expect: only 1
	for k := range m {
		fmt.Println(k)
	}
	// expect: only
	c := make(chan int, 2)
	c <- 1
	c <- 2
	close(c)
	for v := range c {
		fmt.Println(v)
	}
	// expect: 1
	// expect: 2
	var nilS []int
	for range nilS {
		fmt.Println("never")
	}
	var nilA *[3]int
	for i := range nilA {
		fmt.Print(i)
	}
	fmt.Println() // expect: 012
	for _, v := range []struct{ a, b int }{{1, 2}, {3, 4}} {
		fmt.Println(v.a + v.b)
	}
	// expect: 3
	// expect: 7
}
