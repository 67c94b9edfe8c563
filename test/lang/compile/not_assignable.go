package main

type T struct{ n int }

func f() T { return T{} }

func main() {
	m := map[string]T{}
	m["a"].n = 1 // error: cannot assign to struct field m["a"].n in map
	f().n = 2    // error: cannot assign to f().n (neither addressable nor a map index expression)
	5 = 6        // error: cannot assign to 5 (neither addressable nor a map index expression)
	const c = 1
	c = 2           // error: cannot assign to c (neither addressable nor a map index expression)
	f() = T{}       // error: cannot assign to f() (neither addressable nor a map index expression)
	nil = nil       // error: cannot assign to nil (neither addressable nor a map index expression)
	main = nil      // error: cannot assign to main (neither addressable nor a map index expression)
	"a" + "b" = "c" // error: cannot assign to "a" + "b" (neither addressable nor a map index expression)
}
