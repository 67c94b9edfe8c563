package main

import "runtime"

type box struct{ v, w *int }

func main() {
	runtime.SetFinalizer(new(box), "no") // fatal: runtime.SetFinalizer: second argument is string, not a function
}
