// Setting a channel variable to nil takes its case out: merging two streams.
package main

import (
	"fmt"
	"sort"
)

func stream(vals ...int) <-chan int {
	c := make(chan int)
	go func() {
		for _, v := range vals {
			c <- v
		}
		close(c)
	}()
	return c
}

func main() {
	a, b := stream(1, 2, 3), stream(10, 20)
	var got []int
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				break
			}
			got = append(got, v)
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			got = append(got, v)
		}
	}
	sort.Ints(got)
	fmt.Println(got) // expect: [1 2 3 10 20]
}
