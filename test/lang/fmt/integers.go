// Integer verbs, widths, flags.
package main

import (
	"fmt"
	"math"
)

func main() {
	fmt.Printf("%d|%5d|%-5d|%05d|%+d|% d|%x|%X|%#x|%o|%#o|%O|%b|%#b|%c|%q|%U|%#U\n", 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 42, 5, 'A', 'A', 'A', '世')
	// expect: 42|   42|42   |00042|+42| 42|2a|2A|0x2a|52|052|0o52|101010|0b101|A|'A'|U+0041|U+4E16 '世'
	fmt.Printf("%d %x %o %b\n", -42, -42, -42, -5)                                                    // expect: -42 -2a -52 -101
	fmt.Printf("%08b|%+.3d|%.0d|%6.3d|%-8.4x|\n", 5, 7, 0, 7, 255)                                    // expect: 00000101|+007||   007|00ff    |
	fmt.Printf("%*d|%-*d|%.*d\n", 5, 1, 5, 2, 3, 7)                                                   // expect:     1|2    |007
	fmt.Printf("%d %d %d %d\n", int8(-128), uint8(255), int64(math.MinInt64), uint64(math.MaxUint64)) // expect: -128 255 -9223372036854775808 18446744073709551615
	fmt.Printf("%[2]d %[1]d %d %[1]d\n", 1, 2)                                                        // expect: 2 1 2 1
	fmt.Printf("%v %v %v\n", 'x', byte(7), uintptr(10))                                               // expect: 120 7 10
	fmt.Printf("%3c|%-3c|%03d|%+05d|%x\n", 'z', 'z', -5, 3, "hi")                                     // expect:   z|z  |-05|+0003|6869
	fmt.Printf("%d %v %s\n", []int{1, 2}, []byte("ab"), []byte("ab"))                                 // expect: [1 2] [97 98] ab
	fmt.Printf("%x %X % x %#x\n", []byte("abc"), "xyz", "abc", []byte{1, 2})                          // expect: 616263 78797A 61 62 63 0x0102
	fmt.Printf("%t %v %5t|%-7t|\n", true, false, true, false)                                         // expect: true false  true|false  |
}
