package main

type T struct {
	a int
	b string
}

func main() {
	_ = T{1}                      // error: too few values in struct literal of type T
	_ = T{1, "x", 3}              // error: too many values in struct literal of type T
	_ = T{a: 1, "x"}              // error: mixture of field:value and value elements in struct literal
	_ = T{c: 1}                   // error: unknown field c in struct literal of type T
	_ = T{a: 1, a: 2}             // error: duplicate field name a in struct literal
	_ = T{"x", 1}                 // error: cannot use "x" (untyped string constant) as int value in struct literal // error: cannot use 1 (untyped int constant) as string value in struct literal
	_ = &T{b: 5}                  // error: cannot use 5 (untyped int constant) as string value in struct literal
	_ = []T{{1, 2}}               // error: cannot use 2 (untyped int constant) as string value in struct literal
	_ = map[string]T{"k": {z: 1}} // error: unknown field z in struct literal of type struct{a int; b string}
	_ = int{5}
}
