// Of several ready cases each is chosen sometimes.
package main

import "fmt"

func main() {
	a, b, c := make(chan int, 1), make(chan int, 1), make(chan int, 1)
	var na, nb, nc int
	for range 3000 {
		a <- 1
		b <- 1
		c <- 1
		select {
		case <-a:
			na++
		case <-b:
			nb++
		case <-c:
			nc++
		}
		for _, ch := range []chan int{a, b, c} {
			select {
			case <-ch:
			default:
			}
		}
	}
	fmt.Println(na > 500, nb > 500, nc > 500, na+nb+nc) // expect: true true true 3000
}
