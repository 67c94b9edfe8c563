// except gcstress takes most of a minute: a whole collection at every seventh refill
// Grow and shrink with many keys of strings and ints.
package main

import (
	"fmt"
	"sort"
	"strconv"
)

func main() {
	m := map[string]int{}
	for i := range 50000 {
		m["key"+strconv.Itoa(i)] = i
	}
	for i := 0; i < 50000; i += 3 {
		delete(m, "key"+strconv.Itoa(i))
	}
	fmt.Println(len(m)) // expect: 33333
	bad := 0
	for i := range 50000 {
		v, ok := m["key"+strconv.Itoa(i)]
		if ok != (i%3 != 0) || ok && v != i {
			bad++
		}
	}
	fmt.Println(bad) // expect: 0
	for i := 0; i < 50000; i += 3 {
		m["key"+strconv.Itoa(i)] = -i
	}
	fmt.Println(len(m), m["key300"], m["key301"]) // expect: 50000 -300 301
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	fmt.Println(keys[0], keys[49999])                           // expect: key0 key9999
	fmt.Println(len(fmt.Sprint(map[int]int{3: 1, 1: 2, 2: 3}))) // expect: 16
}
