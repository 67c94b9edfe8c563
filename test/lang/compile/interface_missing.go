package main

type I interface {
	M()
	N(int) string
}
type A struct{}

func (A) M() {}

type B struct{}

func (*B) M()           {}
func (*B) N(int) string { return "" }

type C struct{}

func (C) M()              {}
func (C) N(string) string { return "" }

func take(i I) {}

func main() {
	var i I = A{} // error: cannot use A{} (value of type A) as I value in variable declaration: A does not implement I (missing method N)
	i = B{}       // error: cannot use B{} (value of type B) as I value in assignment: B does not implement I (method M has pointer receiver)
	i = &B{}
	i = C{}   // error: cannot use C{} (value of type C) as I value in assignment: C does not implement I (wrong type for method N)
	take(A{}) // error: cannot use A{} (value of type A) as I value in argument to take: A does not implement I (missing method N)
	_ = I(5)  // error: cannot convert 5 (untyped int constant) to type I
	_ = i
	_ = []I{A{}} // error: cannot use A{} (value of type A) as I value in array or slice literal: A does not implement I (missing method N)
}
