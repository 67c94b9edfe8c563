package main

func main() {
	a := 1 // error: declared and not used: a
	b := 1 // error: declared and not used: b
	c := 1 // error: declared and not used: c
	d := 1 // error: declared and not used: d
	e := 1 // error: declared and not used: e
	f := 1 // error: declared and not used: f
	g := 1 // error: declared and not used: g
	h := 1 // error: declared and not used: h
	i := 1 // error: declared and not used: i
	j := 1 // error: declared and not used: j
	k := 1
	l := 1
}
