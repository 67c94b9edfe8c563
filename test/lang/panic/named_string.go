// A named basic type.
package main

type reason string

func main() {
	panic(reason("because")) // panic: main.reason("because")
}
