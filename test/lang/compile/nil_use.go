package main

func main() {
	x := nil        // error: use of untyped nil in assignment
	var y = nil     // error: use of untyped nil in variable declaration
	_ = nil == nil  // error: invalid operation: nil == nil (operator == not defined on untyped nil)
	var i int = nil // error: cannot use nil as int value in variable declaration
	var s string
	_ = s == nil        // error: invalid operation: s == nil (mismatched types string and untyped nil)
	_ = [2]int{} == nil // error: invalid operation: [2]int{} == nil (mismatched types [2]int and untyped nil)
	_, _, _ = x, y, i
}
