// Arguments of go are evaluated at once, methods and closures too.
package main

import "fmt"

type T struct{ n int }

func (t T) send(c chan<- int, extra int)   { c <- t.n + extra }
func (t *T) psend(c chan<- int, extra int) { c <- t.n + extra }

func send(c chan<- int, n int, s string, f float64, arr [3]int) { c <- n + len(s) + int(f) + arr[2] }

func main() {
	c := make(chan int)
	x := 1
	go send(c, x, "abc", 2.5, [3]int{0, 0, 100})
	x = 50
	fmt.Println(<-c) // expect: 106
	t := T{5}
	go t.send(c, x)
	t.n = 6
	fmt.Println(<-c) // expect: 55
	go t.psend(c, 1)
	fmt.Println(<-c) // expect: 7
	f := t.send
	go f(c, 2)
	fmt.Println(<-c) // expect: 8
	go func(a, b int) { c <- a * b }(6, 7)
	fmt.Println(<-c) // expect: 42
	var i interface{ send(chan<- int, int) } = t
	go i.send(c, 3)
	fmt.Println(<-c) // expect: 9
}
