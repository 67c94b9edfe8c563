package main

func main() {
	x := 1.5
	for range x { // error: cannot range over x (variable of type float64)
	}
	for i, v := range 5 { // error: range over 5 (untyped int constant) permits only one iteration variable
		_, _ = i, v
	}
	c := make(chan int)
	for i, v := range c { // error: range over c (variable of type chan int) permits only one iteration variable
		_, _ = i, v
	}
	so := make(chan<- int)
	for v := range so { // error: cannot range over so (variable of type chan<- int): receive from send-only channel
		_ = v
	}
	var s string             // error: declared and not used: s
	for s = range []int{1} { // error: cannot use s (value of type int) as string value in assignment
	}
	var p *int
	for range p { // error: cannot range over p (variable of type *int)
	}
}
