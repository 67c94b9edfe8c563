// Deferred built-ins, methods of interfaces, and go with them.
package main

import (
	"fmt"
	"sync"
)

type I interface{ Do(int) }
type impl string

func (s impl) Do(n int) { fmt.Println(string(s), n) }

func main() {
	m := map[int]int{1: 1, 2: 2}
	func() {
		defer delete(m, 1)
		fmt.Println(len(m))
	}()
	// expect: 2
	fmt.Println(len(m)) // expect: 1
	c := make(chan int)
	func() { defer close(c) }()
	_, ok := <-c
	fmt.Println(ok) // expect: false
	var mu sync.Mutex
	func() {
		mu.Lock()
		defer mu.Unlock()
	}()
	fmt.Println(mu.TryLock()) // expect: true
	var i I = impl("iface")
	func() {
		n := 1
		defer i.Do(n)
		n = 2
		i = impl("changed")
	}()
	// expect: iface 1
	s := []int{1}
	func() {
		defer print("")
		s[0] = 2
	}()
	fmt.Println(s) // expect: [2]
}
