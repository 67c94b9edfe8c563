package main

func init() {}

func main() {
	init()   // error: undefined: init
	_ = init // error: undefined: init
}
