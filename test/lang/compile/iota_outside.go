package main

var x = iota // error: cannot use iota outside constant declaration

func main() {
	_ = iota // error: cannot use iota outside constant declaration
	const a = iota
	_ = a
}
