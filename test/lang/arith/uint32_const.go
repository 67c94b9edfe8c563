package main

import "fmt"

// Constants above 1<<31 keep the arithmetic at 32 bits.
func main() {
	i, x := 12345, uint32(7)
	fmt.Println(uint32(i)*2654435761>>8, uint32(i)*2654435761/7, int32(uint32(i)*2654435761>>8)) // expect: 10562376 386281194 10562376
	fmt.Println((x+4294967295)/2, (x-4294967290)>>1, (x^0x80000000)%1000, x*0xffffffff > 5)      // expect: 3 6 655 true
	fmt.Println(uint64(x*3000000000), float64(x*3000000000), -x/2147483648)                      // expect: 3820130816 3.820130816e+09 1
	var a [4]uint32
	a[1] -= 3000000000
	a[2] = a[1] * 4000000000 >> 16
	fmt.Println(a) // expect: [0 1294967296 10064 0]
}
