// A goroutine that has not run yet is shown at the beginning of its function.
package main

import (
	"fmt"
	"runtime"
	"strings"
)

func main() {
	runtime.GOMAXPROCS(1)
	go func() {
		runtime.Gosched()
		select {}
	}()
	stacks := make([]byte, 1<<16)
	stacks = stacks[:runtime.Stack(stacks, true)]
	fmt.Println(strings.Contains(string(stacks), "\nmain.main.func1(")) // expect: true
}
