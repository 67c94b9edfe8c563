// Labelled break and continue, goto.
package main

import "fmt"

func main() {
outer:
	for i := range 4 {
		for j := range 4 {
			if j == 2 {
				continue outer
			}
			if i == 2 {
				break outer
			}
			fmt.Println(i, j)
		}
	}
	// expect: 0 0
	// expect: 0 1
	// expect: 1 0
	// expect: 1 1
	i := 0
again:
	i++
	if i < 3 {
		goto again
	}
	fmt.Println(i) // expect: 3
sw:
	switch {
	case i == 3:
		for {
			i++
			if i > 5 {
				break sw
			}
		}
		fmt.Println("never")
	}
	fmt.Println(i) // expect: 6
	for k := 0; ; k++ {
		switch k {
		case 1:
			continue
		case 3:
			goto end
		}
		fmt.Println("k", k)
	}
	// expect: k 0
	// expect: k 2
end:
	fmt.Println("end") // expect: end
}
