package main

import "runtime"

type box struct{ v, w *int }

func main() {
	runtime.SetFinalizer(&new([3]box)[1], func(*box) {}) // fatal: runtime.SetFinalizer: pointer not at beginning of allocated block
}
