// append and copy with the slice itself as the source.
package main

import "fmt"

func main() {
	s := []int{1, 2, 3}
	s = append(s, s...)
	fmt.Println(s) // expect: [1 2 3 1 2 3]
	s = append(s[:1], s[3:]...)
	fmt.Println(s) // expect: [1 1 2 3]
	b := []byte("abcdef")
	copy(b[2:], b)
	fmt.Println(string(b)) // expect: ababcd
	copy(b, b[3:])
	fmt.Println(string(b)) // expect: bcdbcd
	t := append([]int(nil), s...)
	t[0] = 100
	fmt.Println(s[0], t[0]) // expect: 1 100
	var f []func() int
	f = append(f, func() int { return len(f) })
	fmt.Println(f[0]()) // expect: 1
	m := [][]int{{1}}
	m = append(m, m[0], append(m[0], 2))
	fmt.Println(m) // expect: [[1] [1] [1 2]]
	bs := append([]byte{}, 'x', "yz"[0])
	fmt.Println(string(bs), len(append([]int{}, make([]int, 5)...))) // expect: xy 5
}
