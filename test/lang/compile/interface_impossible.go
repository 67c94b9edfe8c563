package main

type I interface{ M() }
type A struct{}
type B struct{}

func (B) M() {}

func main() {
	var i I
	_ = i.(A) // error: impossible type assertion: i.(A)
	_ = i.(B)
	_, _ = i.(*A) // error: impossible type assertion: i.(*A)
	switch i.(type) {
	case A: // error: impossible type switch case: A
	case B:
	case string: // error: impossible type switch case: string
	}
	n := 5
	_ = n.(int)       // error: invalid operation: n (variable of type int) is not an interface
	switch n.(type) { // error: n (variable of type int) is not an interface
	}
	_ = i.(type) // error: invalid syntax tree: use of .(type) outside type switch
}
