package main

func f() int { return 1 }

func main() {
	_ = &5   // error: invalid operation: cannot take address of 5 (untyped int constant)
	_ = &f() // error: invalid operation: cannot take address of f() (value of type int)
	m := map[int]int{}
	_ = &m[1]   // error: invalid operation: cannot take address of m[1] (map index expression of type int)
	_ = &"s"[0] // error: invalid operation: cannot take address of "s"[0] (value of type byte)
	x := 1
	_ = &(x + 1) // error: invalid operation: cannot take address of x + 1 (value of type int)
	_ = *x       // error: invalid operation: cannot indirect x (variable of type int)
	_ = *nil     // error: invalid operation: cannot indirect nil
	var p **int
	_ = **p + 1.5 // error: 1.5 (untyped float constant) truncated to int
}
