package main

type S struct {
	a int
	a string // error: a redeclared
}

type I interface {
	M()
	M() // error: duplicate method M
}

func f(x int, x string) {} // error: x redeclared in this block

func (s S) m()  {}
func (s *S) m() {} // error: method S.m already declared at ./redeclared_params.go:15:12
func (s S) a()  {} // error: field and method with the same name a

func main() {}
