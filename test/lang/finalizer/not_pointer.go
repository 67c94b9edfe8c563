package main

import "runtime"

func main() {
	runtime.SetFinalizer(7, func(int) {}) // fatal: runtime.SetFinalizer: first argument is int, not pointer
}
