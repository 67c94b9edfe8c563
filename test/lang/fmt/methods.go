// Error and String methods are used, on values and pointers, also inside composites; panics in them are shown.
package main

import "fmt"

type color int

func (c color) String() string { return [...]string{"red", "green"}[c] }

type pt struct{ x int }

func (p *pt) String() string { return fmt.Sprintf("pt<%d>", p.x) }

type myErr struct{ code int }

func (e myErr) Error() string  { return fmt.Sprint("err ", e.code) }
func (e myErr) String() string { return "never: Error wins" }

type gs struct{}

func (gs) GoString() string { return "gs!" }

type fm int

func (f fm) Format(s fmt.State, verb rune) {
	w, wok := s.Width()
	fmt.Fprintf(s, "<%c %d %v %v>", verb, int(f), w, wok)
}

func main() {
	fmt.Println(color(0), color(1), []color{0, 1}, map[color]color{0: 1})            // expect: red green [red green] map[red:green]
	fmt.Printf("%v %s %d %x %q\n", color(1), color(1), color(1), color(1), color(1)) // expect: green green 1 677265656e "green"
	fmt.Println(&pt{1}, pt{2}, []*pt{{3}}[0])                                        // expect: pt<1> {2} pt<3>
	fmt.Println(myErr{4}, &myErr{5}, []error{myErr{6}})                              // expect: err 4 err 5 [err 6]
	fmt.Printf("%v %s %d\n", myErr{7}, myErr{8}, myErr{9})                           // expect: err 7 err 8 {9}
	fmt.Printf("%#v %v\n", gs{}, gs{})                                               // expect: gs! {}
	fmt.Printf("%v %5d\n", fm(1), fm(2))                                             // expect: <v 1 0 false> <d 2 5 true>
	fmt.Println(color(7))
	// expect: %!v(PANIC=String method: runtime error: index out of range [7] with length 2)
	var np *pt
	fmt.Printf("%v %s\n", np, np) // expect: <nil> <nil>
	fmt.Println(struct {
		C color
		e error
	}{1, myErr{1}})
	// expect: {green {1}}
	fmt.Printf("%+v\n", struct{ C any }{color(0)}) // expect: {C:red}
}
