// Insert, look up, the comma-ok form, delete, length.
package main

import "fmt"

func main() {
	m := map[string]int{"one": 1, "two": 2}
	m["three"] = 3
	v, ok := m["two"]
	fmt.Println(v, ok, len(m)) // expect: 2 true 3
	v, ok = m["none"]
	fmt.Println(v, ok, m["none"]) // expect: 0 false 0
	delete(m, "one")
	delete(m, "not there")
	fmt.Println(m, len(m)) // expect: map[three:3 two:2] 2
	_, ok = m["one"]
	fmt.Println(ok) // expect: false
	if v, ok := m["three"]; ok {
		fmt.Println("three is", v)
	}
	// expect: three is 3
	m2 := m
	m2["four"] = 4
	fmt.Println(len(m)) // expect: 3
	clear(m)
	fmt.Println(len(m2), m2) // expect: 0 map[]
	big := make(map[int]int, 100)
	for i := range 1000 {
		big[i*7] = i
	}
	fmt.Println(len(big), big[700], big[1]) // expect: 1000 100 0
	sum := 0
	for k, v := range big {
		sum += k - 7*v
	}
	fmt.Println(sum) // expect: 0
}
