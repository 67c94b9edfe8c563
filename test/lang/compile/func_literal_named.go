package main

func main() {
	func() {}         // error: func() {} (value of type func()) is not used
	func() { main() } // error: func() {…} (value of type func()) is not used
	var f func(int)
	f = func(s string) {} // error: cannot use func(s string) {} (value of type func(s string)) as func(int) value in assignment
	f(1)
}
