package main

type T struct{}

func main() {
	n := 5
	_ = n[0] // error: invalid operation: cannot index n (variable of type int)
	var t T
	_ = t[0] // error: invalid operation: cannot index t (variable of type T)
	m := map[string]int{}
	_ = m[5]   // error: cannot use 5 (untyped int constant) as string value in map index
	_ = m[1:2] // error: invalid operation: cannot slice m (variable of type map[string]int)
	var p *[]int
	_ = p[0]       // error: invalid operation: cannot index p (variable of type *[]int)
	_ = n[1:]      // error: invalid operation: cannot slice n (variable of type int)
	"abc"[0] = 'x' // error: cannot assign to "abc"[0] (neither addressable nor a map index expression)
	s := "abc"
	s[0] = 'x' // error: cannot assign to s[0] (neither addressable nor a map index expression)
}
