package main

func main() {
	_ = [2]int{1, 2, 3}      // error: index 2 is out of bounds (>= 2)
	_ = []int{"a"}           // error: cannot use "a" (untyped string constant) as int value in array or slice literal
	_ = [-1]int{}            // error: invalid array length -1 (untyped int constant)
	n := 3                   // error: declared and not used: n
	_ = [n]int{}             // error: invalid array length n
	var a [...]int           // error: invalid use of [...] array (outside a composite literal)
	_ = map[string]int{1: 2} // error: cannot use 1 (untyped int constant) as string value in map literal
	_ = map[string]int{"a"}  // error: missing key in map literal
	_ = []int{1: 1, 1: 2}    // error: duplicate index 1 in array or slice literal
	_ = a
}
