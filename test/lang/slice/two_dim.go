// Slices of slices share rows.
package main

import "fmt"

func main() {
	rows := [][]int{{1, 2}, {3, 4}}
	alias := rows[0]
	alias[0] = 10
	fmt.Println(rows) // expect: [[10 2] [3 4]]
	rows[0] = append(rows[0], 5)
	rows[0][1] = 20
	fmt.Println(rows, alias) // expect: [[10 20 5] [3 4]] [10 2]
	rows = append(rows, rows[1])
	rows[2][0] = 30
	fmt.Println(rows) // expect: [[10 20 5] [30 4] [30 4]]
	for _, r := range rows {
		r[0]++
	}
	fmt.Println(rows) // expect: [[11 20 5] [32 4] [32 4]]
	tri := make([][]int, 5)
	for i := range tri {
		tri[i] = make([]int, i+1)
		tri[i][0], tri[i][i] = 1, 1
		for j := 1; j < i; j++ {
			tri[i][j] = tri[i-1][j-1] + tri[i-1][j]
		}
	}
	fmt.Println(tri) // expect: [[1] [1 1] [1 2 1] [1 3 3 1] [1 4 6 4 1]]
}
