package main

func main() {
	x := 1 // error: declared and not used: x
}
