package main

type T struct{ f func() }

func main() {
	_ = map[[]int]string{}        // error: invalid map key type []int
	_ = map[func()]int{}          // error: invalid map key type func()
	_ = map[T]int{}               // error: invalid map key type T
	var m map[map[string]int]bool // error: invalid map key type map[string]int
	_ = m
	_ = map[any]int{}
}
