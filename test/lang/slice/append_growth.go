// Lengths and contents stay right through many growths.
package main

import "fmt"

func main() {
	var s []int
	for i := 0; i < 10000; i++ {
		s = append(s, i*i)
	}
	ok := len(s) == 10000 && cap(s) >= 10000
	for i, v := range s {
		ok = ok && v == i*i
	}
	fmt.Println(ok) // expect: true
	var t []string
	for i := range 1000 {
		t = append(t, fmt.Sprint(i), "-")
	}
	fmt.Println(len(t), t[1998], t[1999]) // expect: 2000 999 -
	type big struct {
		a [5]int
		s string
	}
	var u []big
	for i := range 100 {
		u = append(u, big{a: [5]int{i}, s: fmt.Sprint(i)})
	}
	fmt.Println(u[99].a[0], u[57].s, len(u)) // expect: 99 57 100
	var e []struct{}
	for range 5 {
		e = append(e, struct{}{})
	}
	fmt.Println(len(e)) // expect: 5
}
