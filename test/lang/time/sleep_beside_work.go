// A short sleep ends in time although another goroutine keeps a processor busy.
package main

import (
	"fmt"
	"runtime"
	"sort"
	"time"
)

var spins int

func main() {
	runtime.GOMAXPROCS(2)
	go func() {
		for {
			spins++
		}
	}()
	time.Sleep(1500 * time.Millisecond) // the runtime's watch slows down meanwhile
	late := make([]time.Duration, 60)
	for i := range late {
		begin := time.Now()
		time.Sleep(time.Millisecond)
		late[i] = time.Since(begin)
	}
	sort.Slice(late, func(i, j int) bool { return late[i] < late[j] })
	fmt.Println(late[10] < 5*time.Millisecond) // expect: true
}
