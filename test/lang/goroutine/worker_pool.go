// A fixed number of workers, results collected and sorted by index.
package main

import (
	"fmt"
	"sync"
)

type job struct{ id, n int }
type result struct {
	id  int
	val string
}

func collatz(n int) int {
	steps := 0
	for ; n != 1; steps++ {
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
	}
	return steps
}

func main() {
	jobs := make(chan job)
	results := make(chan result, 10)
	var wg sync.WaitGroup
	for range 4 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for j := range jobs {
				results <- result{j.id, fmt.Sprintf("%d:%d", j.n, collatz(j.n))}
			}
		}()
	}
	go func() {
		for i := range 20 {
			jobs <- job{i, i*37 + 1}
		}
		close(jobs)
		wg.Wait()
		close(results)
	}()
	out := make([]string, 20)
	for r := range results {
		out[r.id] = r.val
	}
	for _, s := range out {
		fmt.Println(s)
	}
	// expect: 1:0
	// expect: 38:21
	// expect: 75:14
	// expect: 112:20
	// expect: 149:23
	// expect: 186:18
	// expect: 223:70
	// expect: 260:29
	// expect: 297:73
	// expect: 334:68
	// expect: 371:45
	// expect: 408:27
	// expect: 445:71
	// expect: 482:22
	// expect: 519:61
	// expect: 556:43
	// expect: 593:74
	// expect: 630:38
	// expect: 667:144
	// expect: 704:20
}
