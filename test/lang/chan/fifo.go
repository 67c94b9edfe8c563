// Values of one sender stay in order; waiting receivers are served in turn.
package main

import "fmt"

func main() {
	for _, size := range []int{0, 1, 7, 100} {
		c := make(chan int, size)
		go func() {
			for i := range 5000 {
				c <- i
			}
			close(c)
		}()
		want, ok := 0, true
		for v := range c {
			ok = ok && v == want
			want++
		}
		fmt.Println(size, ok, want)
	}
	// expect: 0 true 5000
	// expect: 1 true 5000
	// expect: 7 true 5000
	// expect: 100 true 5000
}
