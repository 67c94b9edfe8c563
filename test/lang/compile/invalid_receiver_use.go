package main

type T struct{}

func (t *T) P() {}

func get() T { return T{} }

func main() {
	get().P() // error: cannot call pointer method P on T
	T{}.P()   // error: cannot call pointer method P on T
	(&T{}).P()
	T.P(T{}) // error: invalid method expression T.P (needs pointer receiver (*T).P)
	m := map[int]T{}
	m[1].P()                     // error: cannot call pointer method P on T
	var i interface{ P() } = T{} // error: cannot use T{} (value of type T) as interface{P()} value in variable declaration: T does not implement interface{P()} (method P has pointer receiver)
	_ = i
	var pp **T
	pp.P() // error: pp.P undefined (type **T has no field or method P)
}
