// goto forward and back, into enclosing blocks.
package main

import "fmt"

func find(m [][]int, want int) (int, int) {
	i, j := 0, 0
	for i = range m {
		for j = range m[i] {
			if m[i][j] == want {
				goto found
			}
		}
	}
	return -1, -1
found:
	return i, j
}

func main() {
	fmt.Println(find([][]int{{1, 2}, {3, 4}}, 3)) // expect: 1 0
	fmt.Println(find([][]int{{1, 2}, {3, 4}}, 9)) // expect: -1 -1
	n := 0
	goto check
body:
	n += 3
check:
	if n < 10 {
		goto body
	}
	fmt.Println(n) // expect: 12
	for i := 0; i < 3; i++ {
		if i == 1 {
			goto next
		}
		fmt.Println("i", i)
	next:
		// expect: i 0
		// expect: i 2
	}
}
