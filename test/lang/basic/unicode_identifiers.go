// Identifiers may be any letters; upper and lower case differ.
package main

import "fmt"

type größe struct{ länge, Länge float64 }

func (g größe) fläche() float64 { return g.länge * g.Länge }

func 世界(名 string) string { return "こんにちは " + 名 }

func main() {
	π := 3.14159
	fmt.Println(π) // expect: 3.14159
	g := größe{2, 3}
	fmt.Println(g.fläche()) // expect: 6
	fmt.Println(世界("Go"))   // expect: こんにちは Go
	_x1, _X1 := 1, 2
	fmt.Println(_x1, _X1) // expect: 1 2
}
