// if with init statements; the variable lives through all branches.
package main

import "fmt"

func get(k string) (int, bool) {
	v, ok := map[string]int{"a": 1, "b": 2}[k]
	return v, ok
}

func main() {
	for _, k := range []string{"a", "b", "c"} {
		if v, ok := get(k); !ok {
			fmt.Println(k, "missing", v)
		} else if w := v * 10; w > 15 {
			fmt.Println(k, "big", v, w)
		} else {
			fmt.Println(k, "small", v, w)
		}
	}
	// expect: a small 1 10
	// expect: b big 2 20
	// expect: c missing 0
	if true {
	} else {
		fmt.Println("never")
	}
	a, b := true, false
	if a && !b || b && a {
		fmt.Println("ok")
	}
	// expect: ok
	boom := func() bool { panic("evaluated") }
	if b && boom() || a || boom() {
		fmt.Println("short circuit")
	}
	// expect: short circuit
}
