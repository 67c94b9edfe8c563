// All forms of for.
package main

import "fmt"

func main() {
	for i := 0; i < 3; i++ {
		fmt.Println(i)
	}
	// expect: 0
	// expect: 1
	// expect: 2
	n := 3
	for n > 0 {
		n--
	}
	for {
		n++
		if n == 5 {
			break
		}
	}
	for ; n < 7; n++ {
	}
	for n < 9 {
		n += 1
		continue
	}
	fmt.Println(n) // expect: 9
	for i, j := 0, 10; i < j; i, j = i+1, j-2 {
		fmt.Println(i, j)
	}
	// expect: 0 10
	// expect: 1 8
	// expect: 2 6
	// expect: 3 4
	for i := range 3 {
		i *= 10
		fmt.Println(i)
	}
	// expect: 0
	// expect: 10
	// expect: 20
	var k int
	for k = range 5 {
	}
	fmt.Println(k) // expect: 4
	for range 2 {
		fmt.Println("again")
	}
	// expect: again
	// expect: again
	var u8 uint8 = 3
	for i := range u8 {
		fmt.Printf("%T %d\n", i, i)
	}
	// expect: uint8 0
	// expect: uint8 1
	// expect: uint8 2
	for i := range -5 {
		fmt.Println("never", i)
	}
	const c = 2
	for i := range c {
		fmt.Println(i)
	}
	// expect: 0
	// expect: 1
	sum := 0
	for i := range int64(1000) {
		sum += int(i)
	}
	fmt.Println(sum) // expect: 499500
}
