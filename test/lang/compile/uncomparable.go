package main

type T struct{ f []int }

func main() {
	var a, b []int
	var m, n map[int]int
	var f, g func()
	var s, t T
	_ = a == b // error: invalid operation: a == b (slice can only be compared to nil)
	_ = m == n // error: invalid operation: m == n (map can only be compared to nil)
	_ = f == g // error: invalid operation: f == g (func can only be compared to nil)
	_ = s == t // error: invalid operation: s == t (struct containing []int cannot be compared)
	_ = a == nil
	var x [2][]int
	_ = x == x                  // error: invalid operation: x == x ([2][]int cannot be compared)
	_ = struct{}{} < struct{}{} // error: invalid operation: struct{}{} < struct{}{} (operator < not defined on struct)
	var i, j any
	_ = i < j // error: invalid operation: i < j (operator < not defined on interface)
}
