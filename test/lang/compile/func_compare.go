package main

func f() {}

type T struct{}

func (T) M() {}

func main() {
	if f == f { // error: invalid operation: f == f (func can only be compared to nil)
	}
	var t T
	_ = t.M == t.M // error: invalid operation: t.M == t.M (func can only be compared to nil)
	_ = f == nil
	_ = T.X             // error: T.X undefined (type T has no field or method X)
	_ = T.M(5)          // error: T.M(5) (no value) used as value // error: cannot use 5 (untyped int constant) as T value in argument to T.M
	var g func(int) = f // error: cannot use f (value of type func()) as func(int) value in variable declaration
	_ = g
	switch f {
	}
}
