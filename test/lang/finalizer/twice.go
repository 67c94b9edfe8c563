package main

import "runtime"

type box struct{ v, w *int }

func main() {
	b := new(box)
	runtime.SetFinalizer(b, func(*box) {})
	runtime.SetFinalizer(b, nil)
	runtime.SetFinalizer(b, func(*box) {})
	runtime.SetFinalizer(b, func(*box) {}) // fatal: runtime.SetFinalizer: finalizer already set
}
