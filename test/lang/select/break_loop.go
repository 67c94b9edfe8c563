// break leaves the select; a label leaves the loop around it.
package main

import "fmt"

func main() {
	c := make(chan int, 10)
	for i := range 6 {
		c <- i
	}
	close(c)
	n := 0
loop:
	for {
		select {
		case v, ok := <-c:
			if !ok {
				break loop
			}
			if v%2 == 0 {
				break
			}
			n += v
			if v == 3 {
				continue loop
			}
			fmt.Println("odd", v)
		}
	}
	// expect: odd 1
	// expect: odd 5
	fmt.Println(n) // expect: 9
}
