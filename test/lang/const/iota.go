// The many shapes of iota.
package main

import "fmt"

type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	_
	Thursday
)

const (
	_  = iota
	KB = 1 << (10 * iota)
	MB
	GB
)

const (
	a, b = iota, iota * 10
	c, d
	_, _
	e, f
)

const (
	first = "x"
	second
	third = iota
	fourth
	fifth, sixth = iota + 0.5, "s"
)

const (
	bit0, mask0 = 1 << iota, 1<<iota - 1
	bit1, mask1
	_, _
	bit3, mask3
)

const lone = iota

func (d Weekday) String() string { return [...]string{"Sun", "Mon", "Tue", "Wed", "Thu"}[d] }

func main() {
	fmt.Println(Sunday, Monday, Tuesday, Thursday)          // expect: Sun Mon Tue Thu
	fmt.Println(KB, MB, GB)                                 // expect: 1024 1048576 1073741824
	fmt.Println(a, b, c, d, e, f)                           // expect: 0 0 1 10 3 30
	fmt.Println(first, second, third, fourth, fifth, sixth) // expect: x x 2 3 4.5 s
	fmt.Println(bit0, mask0, bit1, mask1, bit3, mask3)      // expect: 1 0 2 1 8 7
	fmt.Println(lone)                                       // expect: 0
	const (
		x = iota
		y = iota + iota
	)
	fmt.Println(x, y) // expect: 0 2
}
