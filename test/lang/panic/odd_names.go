// tern-only
// stderr: main.cold(...)
// stderr: main.(*T).part(...)
// stderr: main.body(...)
// stderr: main.main()
// Functions that are named like the parts that compilers make of functions are shown all the same.
package main

type T struct{ n int }

//go:noinline
func (t *T) part() { cold(t.n) }

//go:noinline
func body(t *T) int {
	var room [4000]byte // a frame that is checked for its size
	for i := range room {
		room[i] = byte(t.n + i)
	}
	t.part()
	return int(room[t.n])
}

//go:noinline
func cold(n int) {
	if n < 5 {
		panic("in main.cold") // panic: in main.cold
	}
}

func main() {
	println(body(new(T)))
}
