package main

func main() {
	x := 1
	_ = x /* never closed // error: comment not terminated
}
