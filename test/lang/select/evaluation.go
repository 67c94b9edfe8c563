// Channel and value operands of all cases are evaluated once, in order, whether chosen or not.
package main

import "fmt"

func ch(name string, c chan int) chan int {
	fmt.Println("channel", name)
	return c
}

func val(n int) int {
	fmt.Println("value", n)
	return n
}

func main() {
	a, b := make(chan int, 1), make(chan int)
	select {
	case ch("a", a) <- val(1):
		fmt.Println("sent")
	case <-ch("b", b):
	case ch("nil", nil) <- val(2):
	}
	// expect: channel a
	// expect: value 1
	// expect: channel b
	// expect: channel nil
	// expect: value 2
	// expect: sent
	arr := []int{1, 2}
	idx := func() int { fmt.Println("index only when chosen"); return 0 }
	select {
	case arr[idx()] = <-b:
	default:
		fmt.Println("default")
	}
	// expect: default
	select {
	case arr[idx()] = <-a:
		fmt.Println(arr)
	}
	// expect: index only when chosen
	// expect: [1 2]
}
