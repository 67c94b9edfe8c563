// Writing through a nil pointer.
package main

func set(p *int) {
	*p = 1 // panic: runtime error: invalid memory address or nil pointer dereference
}

func main() {
	set(nil)
}
