// Stacks grow as deep as they need, in many goroutines, with a collection in the middle.
package main

import (
	"fmt"
	"runtime"
	"sync"
)

func deep(n int, p *int) int {
	var pad [10]int
	pad[n%10] = n
	if n == 0 {
		runtime.GC()
		return *p
	}
	return deep(n-1, p) + pad[n%10] - n
}

func main() {
	var wg sync.WaitGroup
	out := make([]int, 20)
	for i := range out {
		wg.Add(1)
		go func() {
			defer wg.Done()
			v := i * i
			out[i] = deep(1000*(i+1), &v)
		}()
	}
	wg.Wait()
	fmt.Println(out)
	// expect: [0 1 4 9 16 25 36 49 64 81 100 121 144 169 196 225 256 289 324 361]
	v := 7
	fmt.Println(deep(300000, &v)) // expect: 7
}
