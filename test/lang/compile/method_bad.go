package main

func (x int) M() {} // error: cannot define new methods on non-local type int

func (s []int) N() {} // error: invalid receiver type []int

type P *int

func (p P) M() {} // error: invalid receiver type P (pointer or interface type)

type I interface{ A() }

func (i I) B() {} // error: invalid receiver type I (pointer or interface type)

func (u Unknown) C() {} // error: undefined: Unknown

func (a, b T) D() {} // error: method has multiple receivers

type T struct{}

func main() {}
