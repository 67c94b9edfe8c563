// Names that mean something in C are ordinary names here.
package main

import "fmt"

type unsigned struct{ char, short, long, float, double, signed int }

func register(auto, volatile, extern, static, sizeof, typedef, union, enum int) int {
	return auto + volatile + extern + static + sizeof + typedef + union + enum
}

type NULL int

func (this NULL) do(while int) int { return int(this) * while }

var errno, stdin, environ, abort, malloc, printf, memcpy, exit = 1, 2, 3, 4, 5, 6, 7, 8

func strlen(s string) int { return len(s) + 100 }

func main() {
	inline, restrict, void := 1, 2, 3
	fmt.Println(inline + restrict + void) // expect: 6
	u := unsigned{1, 2, 3, 4, 5, 6}
	fmt.Println(u.char, u.short, u.long, u.float, u.double, u.signed)              // expect: 1 2 3 4 5 6
	fmt.Println(register(1, 2, 3, 4, 5, 6, 7, 8))                                  // expect: 36
	fmt.Println(NULL(6).do(7))                                                     // expect: 42
	fmt.Println(errno + stdin + environ + abort + malloc + printf + memcpy + exit) // expect: 36
	fmt.Println(strlen("abc"))                                                     // expect: 103
	_Bool, __func__, asm, typeof, bool_ := 1, 2, 3, 4, 5
	fmt.Println(_Bool, __func__, asm, typeof, bool_) // expect: 1 2 3 4 5
	int32_t, uint64_t, size_t, assert, tern_string, g := 1, 2, 3, 4, 5, 6
	fmt.Println(int32_t, uint64_t, size_t, assert, tern_string, g) // expect: 1 2 3 4 5 6
}
