package main

import "runtime"

type box struct{ v, w *int }

func main() {
	runtime.SetFinalizer(new(box), func(*int) {}) // fatal: runtime.SetFinalizer: cannot pass *main.box to finalizer func(*int)
}
