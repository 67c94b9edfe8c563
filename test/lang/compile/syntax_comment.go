package main

func main() {
	x := 1 /* never closed // error: declared and not used: x // error: comment not terminated
	_ = x
}
