package main

func main() {
	s := "a"
	s++ // error: invalid operation: s++ (non-numeric type string)
	b := true
	b-- // error: invalid operation: b-- (non-numeric type bool)
	5++ // error: cannot assign to 5 (neither addressable nor a map index expression)
	m := map[string]bool{}
	m["x"]++ // error: invalid operation: m["x"]++ (non-numeric type bool)
	s -= "b" // error: invalid operation: operator - not defined on s (variable of type string)
	b += 1   // error: invalid operation: b += 1 (mismatched types bool and untyped int)
	x := 1
	x += "a"  // error: invalid operation: x += "a" (mismatched types int and untyped string)
	x <<= 1.5 // error: 1.5 (untyped float constant) truncated to uint
}
